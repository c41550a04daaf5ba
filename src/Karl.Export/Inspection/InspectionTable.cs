using System.Collections.Immutable;

namespace Karl.Export.Inspection;

/// <summary>A table of a report.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Columns">Headings; empty where each row is a fact: a name and a value.</param>
/// <param name="Rows">As many cells in each as there are headings, or two. Fit to be shown: no control characters, nothing overlong.</param>
public sealed record InspectionTable(string Title, ImmutableArray<string> Columns, ImmutableArray<ImmutableArray<string>> Rows)
{
    /// <summary>Title, headings and rows in columns of plain text.</summary>
    public override string ToString()
    {
        ImmutableArray<string>[] lines = Columns.IsEmpty ? [.. Rows] : [Columns, .. Rows];
        var widths = Enumerable.Range(0, lines.Select(line => line.Length).DefaultIfEmpty(0).Max())
            .Select(column => lines.Max(line => column < line.Length ? line[column].Length : 0)).ToArray();
        return string.Join('\n', [Title, .. lines.Select(line => ("  " + string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column])))).TrimEnd())]);
    }
}
