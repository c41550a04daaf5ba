using System.Globalization;
using System.Text;

namespace Karl.Applications.Anomalies.Internals;

/// <summary>A report as Markdown.</summary>
internal static class AnomalyText
{
    private const int MostStrangest = 10;

    public static string Write(AnomalyReport report)
    {
        StringBuilder text = new();
        string broken = report.BrokenCount > 0 ? $", {report.BrokenCount} more could not be read" : string.Empty;
        int alarms = report.Images.Count(image => image.Score.IsAnomalous);
        text.Append(CultureInfo.InvariantCulture, $"{report.Model}; profile of {report.Profile.FittedImages} normal images; {report.Images.Length} images{broken}, {alarms} anomalous at a rate of false alarms of {report.Profile.FalseAlarms}\n\n");
        text.Append("| strangest | score | p | anomalous |");
        text.Append(string.Concat(report.Profile.Signals.Select(signal => $" {signal} |"))).Append("\n|---|--:|--:|---|").Append(string.Concat(report.Profile.Signals.Select(_ => "--:|"))).Append('\n');
        foreach (ScoredImage image in report.Images.Take(MostStrangest))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {image.Path.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal)} | {image.Score.Score:0.0} | {image.Score.PValue:0.000} | {(image.Score.IsAnomalous ? "yes" : "no")} |");
            text.Append(string.Concat(image.Score.Signals.Select(signal => string.Create(CultureInfo.InvariantCulture, $" {signal.Value:0.###} |")))).Append('\n');
        }

        if (report.Kinds.Length > 0)
        {
            WriteKinds(text, report);
        }

        return text.ToString();
    }

    private static void WriteKinds(StringBuilder text, AnomalyReport report)
    {
        int normal = report.Images.Count(image => image.Label == AnomalyReport.NormalLabel);
        text.Append(CultureInfo.InvariantCulture, $"\nAgainst {normal} normal images, of which {report.Kinds[0].FalseAlarms:0.0 %} are called anomalous; areas under the ROC curve:\n\n");
        text.Append("| kind | images | area | called anomalous |").Append(string.Concat(report.Profile.Signals.Select(signal => $" {signal} alone |")));
        text.Append("\n|---|--:|--:|--:|").Append(string.Concat(report.Profile.Signals.Select(_ => "--:|"))).Append('\n');
        foreach (AnomalyKind kind in report.Kinds)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {kind.Label} | {kind.Images} | {kind.AreaUnderCurve:0.000} | {kind.Detected:0.0 %} |");
            text.Append(string.Concat(kind.AreasOfSignals.Select(area => string.Create(CultureInfo.InvariantCulture, $" {area:0.000} |")))).Append('\n');
        }
    }
}
