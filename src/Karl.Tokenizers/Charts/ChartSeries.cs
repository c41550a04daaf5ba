using System.Collections.Immutable;

namespace Karl.Tokenizers.Charts;

/// <summary>Values that belong together.</summary>
/// <param name="Name">What the legend calls it; empty to be left out there.</param>
/// <param name="Points">Where they are, in the order in which a line joins them.</param>
/// <param name="Style">How they are drawn.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points, ChartStyle Style = ChartStyle.Line)
{
    /// <summary>How often values fall into each of some ranges of equal width, as bars.</summary>
    /// <param name="name">What the legend calls it.</param>
    /// <param name="values">Values; those that are not finite are left out.</param>
    /// <param name="bins">How many ranges, 1 to 1000.</param>
    public static ChartSeries Histogram(string name, IEnumerable<double> values, int bins = 20)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bins, 1000);
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0)
        {
            return new ChartSeries(name, [], ChartStyle.Bars);
        }

        (double least, double most) = (finite.Min(), finite.Max());
        double width = most > least ? (most - least) / bins : 1;
        int[] counts = new int[bins];
        foreach (double value in finite)
        {
            counts[Math.Clamp((int)((value - least) / width), 0, bins - 1)]++;
        }

        ImmutableArray<ChartPoint> points = [.. counts.Select((count, index) => new ChartPoint(least + ((index + 0.5) * width), count))];
        return new ChartSeries(name, points, ChartStyle.Bars);
    }

    /// <summary>The same, each value replaced by the mean of those around it, so that the course of a noisy curve can be seen.</summary>
    /// <param name="neighbours">Values before and after that count, at the ends as many as there are; those that are not finite do not.</param>
    public ChartSeries Smoothed(int neighbours)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(neighbours);
        double[] sums = new double[Points.Count + 1];
        int[] counts = new int[Points.Count + 1];
        for (int index = 0; index < Points.Count; index++)
        {
            bool counted = double.IsFinite(Points[index].Y);
            (sums[index + 1], counts[index + 1]) = (sums[index] + (counted ? Points[index].Y : 0), counts[index] + (counted ? 1 : 0));
        }

        ImmutableArray<ChartPoint> points = [.. Points.Select((point, index) =>
        {
            int first = Math.Max(0, index - neighbours), end = (int)Math.Min(Points.Count, (long)index + neighbours + 1);
            return point with { Y = (sums[end] - sums[first]) / (counts[end] - counts[first]) };
        })];
        return this with { Points = points };
    }
}

/// <summary>A place in a chart.</summary>
/// <param name="X">Along the horizontal axis.</param>
/// <param name="Y">Along the vertical axis.</param>
public readonly record struct ChartPoint(double X, double Y);

/// <summary>How a series is drawn.</summary>
public enum ChartStyle
{
    /// <summary>A line from point to point.</summary>
    Line,

    /// <summary>A line, and a dot at each point.</summary>
    LineAndPoints,

    /// <summary>A dot at each point.</summary>
    Points,

    /// <summary>A bar from 0 up to each point; their distance gives their width.</summary>
    Bars,
}
