using System.Globalization;
using Karl.Tokenizers.Charts;
using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Evaluation.Internals;

/// <summary>A report as charts.</summary>
internal static class ReportCharts
{
    private static readonly ChartAxis TokensAcross = new() { Label = "tokens of an image, on average", IsLogarithmic = true };

    /// <summary>L1 by tokens, beside the thumbnail's.</summary>
    public static RgbImage Closeness(EvaluationReport report)
    {
        EvaluationRow[] budgets = [.. report.Rows.Where(row => row.Setting.Epsilon is null)], epsilons = [.. report.Rows.Where(row => row.Setting.Epsilon is not null)];
        ChartSeries[] series =
        [
            new("the same number of tokens for each image", [.. budgets.Select(Reconstruction)], ChartStyle.LineAndPoints),
            new("as many tokens as each needs", [.. epsilons.Select(Reconstruction)], ChartStyle.LineAndPoints),
            new("thumbnail of as many bytes", [.. report.Rows.OrderBy(row => row.Tokens.Mean).Select(Thumbnail)], ChartStyle.LineAndPoints),
        ];
        return new Chart
        {
            Title = $"How close images come back: {report.Model}, {Images(report)}",
            Horizontal = TokensAcross,
            Vertical = new ChartAxis { Label = "L1, mean absolute difference of pixels from 0 to 1" },
            Series = [.. series.Where(one => one.Points.Count > 0)],
        }.Draw();
    }

    /// <summary>Tokens by JPEG size, a dot for each image.</summary>
    public static RgbImage Complexity(EvaluationReport report) => new Chart
    {
        Title = $"Tokens kept and size as a JPEG: {report.Model}, {Images(report)}",
        Horizontal = new ChartAxis { Label = "bytes as a JPEG of quality 75" },
        Vertical = new ChartAxis { Label = "tokens kept" },
        Series = [.. report.Settings.Index().Where(setting => setting.Item.Epsilon is not null).Select(setting => new ChartSeries(
            setting.Item.ToString(), [.. report.Images.Select(image => new ChartPoint(image.JpegBytes, image.Results[setting.Index].Tokens))], ChartStyle.Points))],
    }.Draw();

    private static ChartPoint Reconstruction(EvaluationRow row) => new(row.Tokens.Mean, row.Reconstruction.AbsoluteError);

    private static ChartPoint Thumbnail(EvaluationRow row) => new(row.Tokens.Mean, row.Thumbnail.AbsoluteError);

    private static string Images(EvaluationReport report) => string.Create(CultureInfo.InvariantCulture, $"{report.Images.Length} images");
}
