using Karl.Tokenizers.Charts;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Sheets.Internals;

namespace Karl.Applications.Video.Internals;

/// <summary>A film as two charts below one another: tokens over time, and what changed.</summary>
internal static class FilmChart
{
    public static RgbImage Draw(FilmReport report, string title)
    {
        ChartAxis across = new() { Label = "frame" };
        double top = report.Rows.Select(row => (double)row.Tokens).DefaultIfEmpty(1).Max() * 1.06;
        List<ChartSeries> tokens =
        [
            new("tokens that stand for a frame", [.. report.Rows.Select(row => new ChartPoint(row.Number, row.Tokens))]),
            new("scene begins", [.. report.Rows.Where(row => row.BeginsScene).Select(row => new ChartPoint(row.Number, top))], ChartStyle.Points),
        ];
        if (report.WorstSkippedError is not null)
        {
            tokens.Add(new ChartSeries("frames with tokens of their own", [.. report.Rows.Where(row => row.KeptFrame == row.Number).Select(row => new ChartPoint(row.Number, row.Tokens))], ChartStyle.Points));
        }

        List<ChartSeries> changes = [new("change from the frame before, beyond the usual", [.. report.Rows.Select(row => new ChartPoint(row.Number, row.Change))])];
        if (report.Rows.Any(row => row.Error is not null))
        {
            changes.Add(new ChartSeries("error of the tokens", [.. report.Rows.Select(row => new ChartPoint(row.Number, row.Error ?? double.NaN))]));
        }

        RgbImage above = new Chart
        {
            Title = FormattableString.Invariant($"{title}: {report.Rows.Count} frames, {report.KeptFrames} with tokens of their own, {report.Tokens} tokens, {report.Scenes.Count} scenes"),
            Horizontal = across,
            Vertical = new ChartAxis { Label = "tokens", Least = 0 },
            Series = tokens,
            Width = 1200,
            Height = 420,
        }.Draw();
        RgbImage below = new Chart
        {
            Horizontal = across,
            Vertical = new ChartAxis { Label = "mean absolute difference of pixels from 0 to 1", Least = 0 },
            Series = changes,
            Width = 1200,
            Height = 340,
        }.Draw();
        RgbImage both = new(above.Width, above.Height + below.Height);
        Painter.Copy(above, both, 0, 0, 1);
        Painter.Copy(below, both, 0, above.Height, 1);
        return both;
    }
}
