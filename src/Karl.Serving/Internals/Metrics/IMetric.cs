using System.Text;

namespace Karl.Serving.Internals.Metrics;

/// <summary>Something that is measured.</summary>
internal interface IMetric
{
    /// <summary>Writes it as Prometheus reads it.</summary>
    void WriteTo(StringBuilder text);
}
