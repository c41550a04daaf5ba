using System.Globalization;
using System.Text;

namespace Karl.Serving.Internals.Metrics;

/// <summary>A number that is looked up when it is asked for.</summary>
internal sealed class Gauge(string name, string help, Func<double> look) : IMetric
{
    /// <inheritdoc/>
    public void WriteTo(StringBuilder text)
    {
        PrometheusText.Head(text, name, help, "gauge");
        text.Append(CultureInfo.InvariantCulture, $"{name} {look()}\n");
    }
}
