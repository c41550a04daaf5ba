using Karl.Tokenizers.Charts;
using Karl.Tokenizers.Imaging;

namespace Karl.Training.Runs.Internals;

/// <summary>The losses of a phase as a picture.</summary>
internal static class LossPlot
{
    private const int MostPoints = 2000;

    /// <summary>Draws every reported number but the gradient's norm, smoothed, over steps.</summary>
    public static void Write(string logPath, string plotPath, string phase)
    {
        var names = File.ReadLines(logPath).First().Split(',');
        var rows = LossLog.Load(logPath);
        var every = Math.Max(1, rows.Count / MostPoints);
        var series = Enumerable.Range(1, names.Length - 2)
            .Where(column => names[column] is not (Optimizers.AdamW.GradientNorm or Steps.KarlDistillationStep.KeptTokens))
            .Select(column => new ChartSeries(names[column], [.. rows.Select(row => new ChartPoint(row[0], row[column]))]).Smoothed(Math.Max(1, rows.Count / 100)))
            .Select(smooth => smooth with { Points = [.. smooth.Points.Where((_, index) => index % every == 0)] });
        var chart = new Chart
        {
            Title = $"Losses of phase '{phase}'",
            Horizontal = new ChartAxis { Label = "step" },
            Vertical = new ChartAxis { Label = "loss", IsLogarithmic = true },
            Series = [.. series],
        };
        ImageWriter.Write(chart.Draw(), plotPath);
    }
}
