using System.Globalization;
using Karl.Tokenizers.Internals;

namespace Karl.Export.Inspection.Internals;

/// <summary>Makes tables of things out of files, fit to be shown.</summary>
internal static class Table
{
    private const int LongestCell = 160;

    /// <summary>A table of facts: names and values.</summary>
    public static InspectionTable Facts(string title, params (string Name, string Value)[] facts) =>
        new(title, [], [.. facts.Select(fact => Row(fact.Name, fact.Value))]);

    /// <summary>A table with headings.</summary>
    public static InspectionTable Of(string title, string[] columns, IEnumerable<string[]> rows) => new(title, [.. columns], [.. rows.Select(Row)]);

    /// <summary>A number of anything, in groups of three: <c>1 606 512</c>.</summary>
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');

    /// <summary>A length, exactly and as people say it: <c>7 012 345 bytes (7.0 MB)</c>.</summary>
    public static string Size(long bytes)
    {
        var (size, unit) = bytes switch
        {
            >= 1_000_000_000 => (bytes / 1e9, " GB"),
            >= 1_000_000 => (bytes / 1e6, " MB"),
            >= 1000 => (bytes / 1e3, " kB"),
            _ => (0, string.Empty),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Count(bytes)} bytes{(unit.Length == 0 ? string.Empty : $" ({size:0.0}{unit})")}");
    }

    private static System.Collections.Immutable.ImmutableArray<string> Row(params string[] cells) => [.. cells.Select(cell => Printable.Shorten(cell, LongestCell))];
}
