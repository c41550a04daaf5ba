using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Karl.Serving.Internals.Metrics;

/// <summary>How values are distributed, for each combination of labels.</summary>
/// <param name="name">As Prometheus wants it.</param>
/// <param name="help">One sentence.</param>
/// <param name="bounds">Upper bounds of the buckets, ascending; the last bucket has none.</param>
/// <param name="labels">Names of the labels.</param>
internal sealed class LabelledHistogram(string name, string help, double[] bounds, params string[] labels) : IMetric
{
    private readonly ConcurrentDictionary<string, Cell> _cells = new(StringComparer.Ordinal);

    /// <summary>Takes one value.</summary>
    public void Observe(double value, params ReadOnlySpan<string> values)
    {
        Cell cell = _cells.GetOrAdd(PrometheusText.Labels(labels, values), _ => new Cell(bounds.Length + 1));
        int bucket = Array.FindIndex(bounds, bound => value <= bound);
        lock (cell)
        {
            cell.Counts[bucket < 0 ? bounds.Length : bucket]++;
            cell.Sum += value;
        }
    }

    /// <inheritdoc/>
    public void WriteTo(StringBuilder text)
    {
        PrometheusText.Head(text, name, help, "histogram");
        foreach ((string key, Cell cell) in _cells.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            long[] counts;
            double sum;
            lock (cell)
            {
                (counts, sum) = ([.. cell.Counts], cell.Sum);
            }

            long total = 0;
            for (int bucket = 0; bucket < counts.Length; bucket++)
            {
                total += counts[bucket];
                string bound = bucket < bounds.Length ? bounds[bucket].ToString(CultureInfo.InvariantCulture) : "+Inf";
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{PrometheusText.Braced($"{key}{(key.Length > 0 ? "," : string.Empty)}le=\"{bound}\"")} {total}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"{name}_sum{PrometheusText.Braced(key)} {sum}\n{name}_count{PrometheusText.Braced(key)} {total}\n");
        }
    }

    private sealed class Cell(int buckets)
    {
        public long[] Counts { get; } = new long[buckets];

        public double Sum { get; set; }
    }
}
