using Karl.Applications.Anomalies.Internals;
using Karl.Applications.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Charts;

namespace Karl.Applications.Anomalies;

/// <summary>
/// Where a report is kept: <c>report.md</c>, <c>scores.csv</c>, <c>strangest.png</c> (each image, what comes back of it, the error between, and where its tokens go), <c>scores.png</c> (how often which scores occur),
/// and <c>roc.png</c> where images have labels. Files of those names are replaced.
/// </summary>
public sealed class AnomalyFolder : OutputFolder
{
    /// <summary>Chooses a folder; nothing is made before <see cref="Write"/>.</summary>
    public AnomalyFolder(string path)
        : base(path)
    {
    }

    /// <summary>Writes all files.</summary>
    /// <param name="report">What was scored; at least one image.</param>
    /// <param name="tokenizer">The model, which reads and reconstructs the strangest images again.</param>
    /// <param name="onSheet">How many of the strangest the sheet shows, 1 to 10,000; 0 for no sheet.</param>
    /// <param name="tokenMaps">Whether the sheet shows where tokens go, which takes a decoder run for each token of each image on it.</param>
    /// <param name="progress">Told after each image on the sheet.</param>
    /// <param name="cancellationToken">Stops.</param>
    public void Write(AnomalyReport report, ImageTokenizer tokenizer, int onSheet = 24, bool tokenMaps = true, Action? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (onSheet > 0 && AnomalySheet.Draw(report, tokenizer, onSheet, tokenMaps, progress, cancellationToken) is { } sheet)
        {
            Save("strangest.png", sheet);
        }

        Save("scores.png", Scores(report).Draw());
        if (report.Kinds.Length > 0)
        {
            Save("roc.png", Curves(report).Draw());
        }

        Save("scores.csv", Table(report));
        Save("report.md", report.ToString());
    }

    private static Chart Curves(AnomalyReport report) => new()
    {
        Title = $"Told from normal images (ROC): {report.Model}",
        Horizontal = new ChartAxis { Label = "share of normal images that are called anomalous", Least = 0, Most = 1 },
        Vertical = new ChartAxis { Label = "share of the kind that is called anomalous", Least = 0, Most = 1 },
        Width = 760,
        Height = 760,
        Series =
        [
            .. report.Kinds.Select(kind => new ChartSeries(
                FormattableString.Invariant($"{kind.Label}: area {kind.AreaUnderCurve:0.000}"), [.. kind.Curve.Select(point => new ChartPoint(point.FalseAlarms, point.Detected))])),
        ],
    };

    private static Chart Scores(AnomalyReport report)
    {
        string?[] labels = [.. report.Images.Select(image => image.Label).Distinct().Order(StringComparer.Ordinal)];
        return new Chart
        {
            Title = $"Scores, and the share of images that are at least as strange: {report.Model}, {report.Images.Length} images",
            Horizontal = new ChartAxis { Label = "score", Least = 0 },
            Vertical = new ChartAxis { Label = "share of images at or above the score", Least = 0, Most = 1 },
            Series = [.. labels.Select(label => new ChartSeries(label ?? (labels.Length > 1 ? "without a label" : string.Empty), Survival([.. report.Images.Where(image => image.Label == label)])))],
        };
    }

    private static ChartPoint[] Survival(ScoredImage[] strangestFirst) =>
        [.. strangestFirst.Select((image, index) => new ChartPoint(image.Score.Score, (index + 1.0) / strangestFirst.Length)).Reverse()];

    private static byte[] Table(AnomalyReport report)
    {
        CsvTable table = new(["path", "label", "score", "p", "anomalous", .. report.Profile.Signals.SelectMany(signal => new[] { signal, signal + " p", signal + " strangeness" })]);
        foreach (ScoredImage image in report.Images)
        {
            table.Add(
            [
                image.Path,
                image.Label,
                image.Score.Score,
                image.Score.PValue,
                image.Score.IsAnomalous,
                .. image.Score.Signals.SelectMany(signal => new object?[] { signal.Value, signal.PValue, signal.Strangeness }),
            ]);
        }

        return table.ToUtf8();
    }
}
