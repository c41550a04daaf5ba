using System.Text;
using Karl.Applications.Budgets.Internals;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Imaging.Internals;
using Karl.Tokenizers.Reconstruction.Internals;
using Karl.Tokenizers.TokenFiles;

namespace Karl.Applications.Budgets;

/// <summary>Where a plan is kept: <c>plan.json</c>, <c>plan.png</c>, and <c>tokens.jsonl</c> with the tokens themselves. Files of those names are replaced.</summary>
public sealed class BudgetFolder
{
    private readonly FolderBoundary _boundary;

    /// <summary>Chooses a folder; nothing is made before <see cref="Write"/>.</summary>
    public BudgetFolder(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FullPath = Path.GetFullPath(path);
        _boundary = new FolderBoundary(path);
    }

    /// <summary>Where the folder is.</summary>
    public string FullPath { get; }

    /// <summary>Whether a file lies in the folder or a folder inside it, also through symbolic links.</summary>
    public bool Holds(string path) => _boundary.Holds(path);

    /// <summary>Writes all files.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="curves">What it was made from.</param>
    /// <param name="model">The model, as token files name it.</param>
    /// <param name="lines">Each image's tokens, as many as the plan says.</param>
    public void Write(BudgetPlan plan, IReadOnlyList<ErrorCurve> curves, string model, IReadOnlyList<TokenLine> lines)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(curves);
        ArgumentNullException.ThrowIfNull(lines);
        WholeFile.Write(Path.Join(FullPath, "plan.json"), PlanJson.Write(plan, curves, model));
        WholeFile.Write(Path.Join(FullPath, "tokens.jsonl"), Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
        ImageWriter.Write(PlanChart.Draw(plan), Path.Join(FullPath, "plan.png"));
    }
}
