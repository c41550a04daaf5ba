using System.Globalization;
using Karl.Tokenizers.Charts;
using Karl.Tokenizers.Imaging;

namespace Karl.Applications.Complexity.Internals;

/// <summary>A report as charts.</summary>
internal static class ComplexityCharts
{
    private const int MostBars = 64;

    /// <summary>How many images take how many tokens; a bar for each number where the budget is small.</summary>
    public static RgbImage Tokens(ComplexityReport report)
    {
        int width = (report.Settings.Budget + MostBars - 1) / MostBars;
        int[] counts = new int[(report.Settings.Budget / width) + 1];
        foreach (ImageComplexity image in report.Images)
        {
            counts[image.Tokens / width]++;
        }

        return new Chart
        {
            Title = string.Create(CultureInfo.InvariantCulture, $"Tokens that images take: {report.Model}, epsilon {report.Settings.Epsilon}, {report.Images.Length} images"),
            Horizontal = new ChartAxis { Label = "tokens", Least = 0, Most = report.Settings.Budget },
            Vertical = new ChartAxis { Label = "images", Least = 0 },
            Series = [new ChartSeries(string.Empty, [.. counts.Select((count, index) => new ChartPoint((index * width) + ((width - 1) / 2.0), count))], ChartStyle.Bars)],
        }.Draw();
    }

    /// <summary>What a full budget removes of the error that a small one leaves, a dot for each image, coloured by its reading.</summary>
    public static RgbImage Structure(ComplexityReport report) => new Chart
    {
        Title = $"Structure or noise: {report.Model}, {report.Images.Length} images",
        Horizontal = new ChartAxis { Label = string.Create(CultureInfo.InvariantCulture, $"error that {report.Settings.SmallBudget} tokens leave"), Least = 0 },
        Vertical = new ChartAxis { Label = string.Create(CultureInfo.InvariantCulture, $"share of it that {report.Settings.Budget} tokens remove") },
        Series = [.. Enum.GetValues<ComplexityReading>().Select(reading => new ChartSeries(
            ComplexityText.NameOf(reading), [.. report.Images.Where(image => image.Reading == reading).Select(image => new ChartPoint(image.SmallError, image.GainShare))], ChartStyle.Points))],
    }.Draw();

    /// <summary>Scores that people gave by tokens.</summary>
    public static RgbImage Scores(ComplexityReport report, ScoreAgreement agreement) => new Chart
    {
        Title = $"Tokens and scores that people gave: {report.Model}, {agreement.Scores.Length} images",
        Horizontal = new ChartAxis { Label = "score" },
        Vertical = new ChartAxis { Label = "tokens", Least = 0 },
        Series = [new ChartSeries(string.Empty, [.. agreement.Scores.Select(pair => new ChartPoint(pair.Score, report.Images[pair.Image].Tokens))], ChartStyle.Points)],
    }.Draw();
}
