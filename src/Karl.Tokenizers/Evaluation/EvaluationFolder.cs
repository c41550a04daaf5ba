using Karl.Tokenizers.Evaluation.Internals;

namespace Karl.Tokenizers.Evaluation;

/// <summary>Where a report is kept: <c>report.md</c>, <c>summary.csv</c>, <c>images.csv</c>, <c>closeness.png</c> and <c>complexity.png</c>. Files of those names are replaced.</summary>
public sealed class EvaluationFolder : OutputFolder
{
    /// <summary>Chooses a folder; nothing is made before <see cref="Write"/>.</summary>
    public EvaluationFolder(string path)
        : base(path)
    {
    }

    /// <summary>Writes all files; <c>complexity.png</c> only where an epsilon was asked for.</summary>
    public void Write(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        Save("report.md", report.ToString());
        Save("summary.csv", ReportTables.Summary(report));
        Save("images.csv", ReportTables.Images(report));
        Save("closeness.png", ReportCharts.Closeness(report));
        if (report.Settings.Any(setting => setting.Epsilon is not null))
        {
            Save("complexity.png", ReportCharts.Complexity(report));
        }
    }
}
