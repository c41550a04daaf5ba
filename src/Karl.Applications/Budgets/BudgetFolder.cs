using Karl.Applications.Budgets.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.TokenFiles;

namespace Karl.Applications.Budgets;

/// <summary>Where a plan is kept: <c>plan.json</c>, <c>plan.png</c>, and <c>tokens.jsonl</c> with the tokens themselves. Files of those names are replaced.</summary>
public sealed class BudgetFolder : OutputFolder
{
    /// <summary>Chooses a folder; nothing is made before <see cref="Write"/>.</summary>
    public BudgetFolder(string path)
        : base(path)
    {
    }

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
        Save("plan.json", PlanJson.Write(plan, curves, model));
        Save("tokens.jsonl", string.Concat(lines.Select(line => line + "\n")));
        Save("plan.png", PlanChart.Draw(plan));
    }
}
