using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Karl.Serving.Internals.Metrics;

/// <summary>Counts that only grow, one for each combination of labels.</summary>
/// <param name="name">As Prometheus wants it, ending with <c>_total</c>.</param>
/// <param name="help">One sentence.</param>
/// <param name="labels">Names of the labels.</param>
internal sealed class LabelledCounter(string name, string help, params string[] labels) : IMetric
{
    private readonly ConcurrentDictionary<string, Cell> _cells = new(StringComparer.Ordinal);

    /// <summary>Counts.</summary>
    /// <param name="amount">How many more.</param>
    /// <param name="values">One for each label; few different ones, since each combination is kept.</param>
    public void Add(long amount, params ReadOnlySpan<string> values) =>
        Interlocked.Add(ref _cells.GetOrAdd(PrometheusText.Labels(labels, values), _ => new Cell()).Value, amount);

    /// <inheritdoc/>
    public void WriteTo(StringBuilder text)
    {
        PrometheusText.Head(text, name, help, "counter");
        if (labels.Length == 0 && _cells.IsEmpty)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name} 0\n");
        }

        foreach ((string key, Cell cell) in _cells.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{PrometheusText.Braced(key)} {Interlocked.Read(ref cell.Value)}\n");
        }
    }

    private sealed class Cell
    {
        public long Value;
    }
}
