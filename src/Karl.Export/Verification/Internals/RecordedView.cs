using System.Globalization;
using System.Text.RegularExpressions;

namespace Karl.Export.Verification.Internals;

/// <summary>Which part of a tensor was recorded, as the end of its key says.</summary>
internal enum RecordedViewKind
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary><c>_rows8</c>: rows 0, 8, 16 ... of the first axis.</summary>
    Rows,

    /// <summary><c>_sub8</c>: <c>[:, 4::8, 4::8]</c> of an image.</summary>
    Grid,

    /// <summary><c>_stats</c>: mean, deviation, smallest, largest, sum of absolutes, sum of squares.</summary>
    Statistics,
}

/// <summary>Which part of a tensor was recorded.</summary>
/// <param name="Kind">The kind of part.</param>
/// <param name="Step">Distance of the rows or pixels that were recorded; 1 where everything was.</param>
internal sealed partial record RecordedView(RecordedViewKind Kind, int Step = 1)
{
    /// <summary>All of a tensor.</summary>
    public static RecordedView Whole { get; } = new(RecordedViewKind.Whole);

    /// <summary>Takes a key's last part apart: what was recorded, and which part of it.</summary>
    public static (string Stem, RecordedView View) Split(string name)
    {
        var match = Ending().Match(name);
        if (!match.Success)
        {
            return (name, Whole);
        }

        var stem = name[..match.Index];
        return match.Groups["kind"].Value switch
        {
            "stats" => (stem, new RecordedView(RecordedViewKind.Statistics)),
            "sub" => (stem, new RecordedView(RecordedViewKind.Grid, int.Parse(match.Groups["step"].ValueSpan, CultureInfo.InvariantCulture))),
            _ => (stem, new RecordedView(RecordedViewKind.Rows, int.Parse(match.Groups["step"].ValueSpan, CultureInfo.InvariantCulture))),
        };
    }

    /// <summary>The same part of a computed tensor; null where a tensor of this shape has no such part.</summary>
    public Numbers? Of(Numbers tensor) => Kind switch
    {
        RecordedViewKind.Whole => tensor,
        RecordedViewKind.Rows when tensor.Shape.Length >= 1 => tensor.Rows([.. Enumerable.Range(0, (int)((tensor.Shape[0] + Step - 1) / Step)).Select(row => row * Step)]),
        RecordedViewKind.Grid when tensor.Shape.Length == 3 => tensor.Grid(Step / 2, Step),
        RecordedViewKind.Statistics => Statistics(tensor.Values),
        _ => null,
    };

    /// <summary>The six numbers of <c>_stats</c>; the deviation is that of the whole population.</summary>
    private static Numbers Statistics(double[] values)
    {
        var (sum, absolutes, squares) = (0.0, 0.0, 0.0);
        var (smallest, largest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            sum += value;
            absolutes += Math.Abs(value);
            squares += value * value;
            smallest = Math.Min(smallest, value);
            largest = Math.Max(largest, value);
        }

        var mean = sum / values.Length;
        var variance = values.Sum(value => (value - mean) * (value - mean)) / values.Length;
        return Numbers.Row([mean, Math.Sqrt(variance), smallest, largest, absolutes, squares]);
    }

    [GeneratedRegex(@"_((?<kind>rows|sub)(?<step>[1-9][0-9]{0,3})|(?<kind>stats))\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Ending();
}
