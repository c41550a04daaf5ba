using System.Text;
using Karl.Tokenizers.Evaluation.Internals;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Imaging.Internals;
using Karl.Tokenizers.Reconstruction.Internals;

namespace Karl.Tokenizers.Evaluation;

/// <summary>Where a report is kept: <c>report.md</c>, <c>summary.csv</c>, <c>images.csv</c>, <c>closeness.png</c> and <c>complexity.png</c>. Files of those names are replaced.</summary>
public sealed class EvaluationFolder
{
    private readonly FolderBoundary _boundary;

    /// <summary>Chooses a folder; nothing is made before <see cref="Write"/>.</summary>
    public EvaluationFolder(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FullPath = Path.GetFullPath(path);
        _boundary = new FolderBoundary(path);
    }

    /// <summary>Where the folder is.</summary>
    public string FullPath { get; }

    /// <summary>Whether a file lies in the folder or a folder inside it, also through symbolic links.</summary>
    public bool Holds(string path) => _boundary.Holds(path);

    /// <summary>Writes all files; <c>complexity.png</c> only where an epsilon was asked for.</summary>
    public void Write(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        WholeFile.Write(Path.Join(FullPath, "report.md"), Encoding.UTF8.GetBytes(report.ToString()));
        WholeFile.Write(Path.Join(FullPath, "summary.csv"), ReportTables.Summary(report));
        WholeFile.Write(Path.Join(FullPath, "images.csv"), ReportTables.Images(report));
        ImageWriter.Write(ReportCharts.Closeness(report), Path.Join(FullPath, "closeness.png"));
        if (report.Settings.Any(setting => setting.Epsilon is not null))
        {
            ImageWriter.Write(ReportCharts.Complexity(report), Path.Join(FullPath, "complexity.png"));
        }
    }
}
