using System.Globalization;
using System.Text;

namespace Karl.Tokenizers.Evaluation.Internals;

/// <summary>A report as Markdown whose columns also line up as plain text.</summary>
internal static class ReportText
{
    public static string Write(EvaluationReport report)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{report.Model}; {report.Images.Length} images");
        text.Append(report.BrokenCount == 0 ? "\n" : $", {report.BrokenCount} more could not be read\n");
        Table(
            text,
            ["asked for", "tokens", "10 %", "90 %", "bytes", "runs", "L1", "PSNR", "SSIM", .. report.Metrics.Select(metric => metric.Name), "thumbnail", "its L1", "its PSNR", "its SSIM"],
            [.. report.Rows.Select(Closeness)]);
        if (report.Metrics.Length > 0)
        {
            text.Append('\n').AppendJoin("; ", report.Metrics.Select(metric => $"{metric.Name} is {metric.File}, SHA-256 {metric.Sha256[..16]}")).Append('\n');
        }

        EvaluationRow[] asked = [.. report.Rows.Where(row => row.Violations is not null)];
        if (asked.Length > 0)
        {
            Table(text, ["asked for", "share above it", "where all tokens are not", "by, on average", "at most", "tokens and JPEG size"], [.. asked.Select(Errors)]);
        }

        return text.ToString();
    }

    /// <summary>A number with so many decimals; <c>inf</c> where it is infinite, <c>-</c> where there is none.</summary>
    public static string Number(double? value, int decimals) =>
        value is not double number || double.IsNaN(number) ? "-" : double.IsPositiveInfinity(number) ? "inf" : number.ToString($"F{decimals}", CultureInfo.InvariantCulture);

    private static string[] Closeness(EvaluationRow row) =>
    [
        row.Setting.ToString(),
        Number(row.Tokens.Mean, 1),
        Number(row.Tokens.Tenth, 0),
        Number(row.Tokens.Ninetieth, 0),
        Number(row.MeanBytes, 0),
        string.Create(CultureInfo.InvariantCulture, $"{row.EncoderRuns:0.#} + {row.DecoderRuns:0.#}"),
        .. Means(row.Reconstruction),
        .. row.Metrics.Select(mean => Number(mean, 4)),
        $"{Number(row.MeanThumbnailSide, 1)} px",
        .. Means(row.Thumbnail),
    ];

    private static string[] Errors(EvaluationRow row) =>
    [
        row.Setting.ToString(),
        $"{Number(100 * row.Violations!.Share, 1)} %",
        row.Violations.AvoidableShare is double avoidable ? $"{Number(100 * avoidable, 1)} %" : "-",
        Number(row.Violations.MeanExcess, 4),
        Number(row.Violations.LargestExcess, 4),
        Number(row.JpegCorrelation, 2),
    ];

    private static string[] Means(MeanCloseness means) =>
        [Number(means.AbsoluteError, 4), Number(means.PeakSignalToNoiseRatio, 2), Number(means.StructuralSimilarity, 3)];

    /// <summary>An empty line and a table whose first column is text and the others numbers.</summary>
    public static void Table(StringBuilder text, string[] headings, string[][] rows)
    {
        int[] widths = [.. headings.Select((heading, column) => Math.Max(heading.Length, rows.Select(row => row[column].Length).DefaultIfEmpty(0).Max()))];
        text.Append('\n');
        Line(text, headings, widths);
        text.Append('|').AppendJoin('|', widths.Select((width, column) => column == 0 ? new string('-', width + 2) : new string('-', width + 1) + ":")).Append("|\n");
        foreach (string[] row in rows)
        {
            Line(text, row, widths);
        }
    }

    private static void Line(StringBuilder text, string[] cells, int[] widths) =>
        text.Append("| ").AppendJoin(" | ", cells.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).Append(" |\n");
}
