using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Karl.Tokenizers.Evaluation.Internals;
using Karl.Tokenizers.Reconstruction.Internals;

namespace Karl.Experiments;

/// <summary>What an experiment found, as columns and rows.</summary>
/// <param name="Columns">Their names, and how many decimals of a number Markdown shows.</param>
/// <param name="Rows">As many cells each as there are columns.</param>
public sealed record ExperimentTable(ImmutableArray<ExperimentColumn> Columns, ImmutableArray<ImmutableArray<ExperimentCell>> Rows)
{
    /// <summary>The table as Markdown whose columns also line up as plain text; the first column is text.</summary>
    public string ToMarkdown()
    {
        StringBuilder text = new();
        ReportText.Table(text, [.. Columns.Select(column => column.Name)], [.. Rows.Select(row => row.Select((cell, index) => cell.Text ?? ReportText.Number(cell.Number, Columns[index].Decimals)).ToArray())]);
        return text.ToString().TrimStart('\n');
    }

    /// <summary>The table as CSV (RFC 4180), numbers with up to six decimals.</summary>
    public string ToCsv()
    {
        StringBuilder text = new();
        text.AppendJoin(',', Columns.Select(column => CsvText.Field(column.Name))).Append("\r\n");
        foreach (ImmutableArray<ExperimentCell> row in Rows)
        {
            text.AppendJoin(',', row.Select(cell => cell.Text is string word ? CsvText.Field(word) : Number(cell.Number))).Append("\r\n");
        }

        return text.ToString();
    }

    private static string Number(double? value) =>
        value is not double number || double.IsNaN(number) ? string.Empty : double.IsPositiveInfinity(number) ? "inf" : number.ToString("0.######", CultureInfo.InvariantCulture);
}

/// <summary>A column.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Decimals">Decimals of its numbers in Markdown.</param>
public sealed record ExperimentColumn(string Name, int Decimals = 0);

/// <summary>A cell: a text, a number, or nothing.</summary>
/// <param name="Text">The text; null where it is a number or nothing.</param>
/// <param name="Number">The number; null where it is a text or nothing.</param>
public readonly record struct ExperimentCell(string? Text, double? Number)
{
    /// <summary>A text.</summary>
    public static implicit operator ExperimentCell(string text) => new(text, null);

    /// <summary>A number.</summary>
    public static implicit operator ExperimentCell(double number) => new(null, number);

    /// <summary>A number, or nothing.</summary>
    public static implicit operator ExperimentCell(double? number) => new(null, number);
}
