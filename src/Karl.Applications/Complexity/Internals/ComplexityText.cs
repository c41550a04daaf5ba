using System.Globalization;
using System.Text;
using Karl.Tokenizers.Evaluation.Internals;

namespace Karl.Applications.Complexity.Internals;

/// <summary>A report as Markdown.</summary>
internal static class ComplexityText
{
    /// <summary>A reading as tables and pictures call it.</summary>
    public static string NameOf(ComplexityReading reading) => reading switch
    {
        ComplexityReading.Simple => "simple",
        ComplexityReading.Noise => "noise",
        ComplexityReading.Structure => "structure",
        _ => "redundant",
    };

    public static string Write(ComplexityReport report, ScoreAgreement? agreement)
    {
        StringBuilder text = new();
        ComplexitySettings settings = report.Settings;
        string broken = report.BrokenCount > 0 ? $", {report.BrokenCount} more could not be read" : string.Empty;
        text.Append(CultureInfo.InvariantCulture, $"{report.Model}; {report.Images.Length} images{broken}; epsilon {settings.Epsilon}, at most {settings.Budget} tokens, small budget {settings.SmallBudget}\n\n");
        double[] tokens = [.. report.Images.Select(image => (double)image.Tokens)];
        text.Append("| reading | images | tokens | 10 % | 90 % | error | at the small budget | at the full one | removed |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        foreach (ComplexityReading reading in Enum.GetValues<ComplexityReading>())
        {
            Row(text, NameOf(reading), [.. report.Images.Where(image => image.Reading == reading)]);
        }

        Row(text, "all", [.. report.Images]);
        if (tokens.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nFewest tokens: {report.Images[0].Tokens} ({report.Images[0].Path}). Most: {report.Images[^1].Tokens} ({report.Images[^1].Path}).\n");
        }

        if (agreement is not null)
        {
            Write(text, agreement);
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, string name, ImageComplexity[] images)
    {
        if (images.Length == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {name} | 0 | | | | | | | |\n");
            return;
        }

        double[] tokens = [.. images.Select(image => (double)image.Tokens)];
        text.Append(
            CultureInfo.InvariantCulture,
            $"| {name} | {images.Length} | {tokens.Average():0.0} | {Statistics.Quantile(tokens, 0.1):0} | {Statistics.Quantile(tokens, 0.9):0} | {images.Average(image => image.Error):0.0000} | {images.Average(image => image.SmallError):0.0000} | {images.Average(image => image.FullError):0.0000} | {100 * images.Average(image => image.GainShare):0} % |\n");
    }

    private static void Write(StringBuilder text, ScoreAgreement agreement)
    {
        string unmatched = agreement.Unmatched > 0 ? $" ({agreement.Unmatched} scores are no image's)" : string.Empty;
        text.Append(CultureInfo.InvariantCulture, $"\nAgreement with the scores of {agreement.Scores.Length} images{unmatched}:\n\n| measure | Spearman | Pearson |\n|---|--:|--:|\n");
        foreach (MeasureAgreement measure in agreement.Measures)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {measure.Measure} | {Number(measure.Spearman)} | {Number(measure.Pearson)} |\n");
        }
    }

    private static string Number(double? value) => value is double number ? number.ToString("0.00", CultureInfo.InvariantCulture) : "-";
}
