using System.Collections.Immutable;
using System.Globalization;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Metrics;

namespace Karl.Tokenizers.Evaluation;

/// <summary>What a model is asked for when it is evaluated. Each budget and each epsilon is one run over all images.</summary>
public sealed record EvaluationOptions
{
    private static readonly ImmutableArray<int> UsualParts = [8, 4, 2, 1];
    private static readonly ImmutableArray<double> UsualEpsilons = [0.6, 1, 1.4, 1.8];

    /// <summary>Numbers of tokens that every image gets, whether it needs them or not; null is an eighth, a quarter, half and all of the model's default (32, 64, 128, 256 as published), as far as the model can give them.</summary>
    public ImmutableArray<int>? Budgets { get; init; }

    /// <summary>Reconstruction errors that are asked for, mean absolute difference of pixels from 0 to 1; images then get as many tokens as they need. Null is 0.6, 1, 1.4 and 1.8 times the model's default (.03, .05, .07, .09 as published).</summary>
    public ImmutableArray<float>? Epsilons { get; init; }

    /// <summary>Most tokens an image may take where an epsilon is asked for; null is the model's default.</summary>
    public int? MostTokens { get; init; }

    /// <summary>
    /// Further metrics that originals and reconstructions are compared by, both as 8-bit images; not disposed. Those of features compare all images together, by
    /// <see cref="FeatureStatistics.FrechetDistanceTo"/>.
    /// </summary>
    public IReadOnlyList<GraphMetric> Metrics { get; init; } = [];

    /// <summary>The runs in order: budgets, then epsilons.</summary>
    /// <exception cref="ArgumentException">Something cannot be; all problems are listed.</exception>
    internal ImmutableArray<EvaluationSetting> Resolve(BundleManifest manifest)
    {
        ImmutableArray<int> budgets = Budgets ?? UsualBudgetsOf(manifest);
        ImmutableArray<float> epsilons = Epsilons ?? [.. UsualEpsilons.Select(factor => (float)Math.Round(factor * manifest.DefaultEpsilon, 3))];
        int most = MostTokens ?? manifest.DefaultBudget;
        List<string> problems = [.. budgets.Append(most).Where(budget => budget < 1 || budget > manifest.MaximumBudget)
            .Select(budget => $"A budget is {budget}; 1 to {manifest.MaximumBudget} tokens were expected.")];
        problems.AddRange(budgets.Append(most).Where(budget => manifest.BudgetStep is int step && budget % step != 0)
            .Select(budget => $"A budget is {budget}; this model gives tokens by {manifest.BudgetStep}: a multiple of that was expected."));
        problems.AddRange(epsilons.Where(epsilon => !float.IsFinite(epsilon) || epsilon < 0)
            .Select(epsilon => string.Create(CultureInfo.InvariantCulture, $"An epsilon is {epsilon}; a finite number of at least 0 was expected (try 0.05).")));
        problems.AddRange(Metrics.GroupBy(metric => metric.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)
            .Select(group => $"{group.Count()} metrics are called '{group.Key}'; each needs a name of its own."));
        if (budgets.IsDefaultOrEmpty && epsilons.IsDefaultOrEmpty)
        {
            problems.Add("There is neither a budget nor an epsilon; at least one of them was expected.");
        }

        return problems.Count == 0
            ? [.. budgets.Distinct().Order().Select(budget => new EvaluationSetting(budget, null)), .. epsilons.Distinct().Order().Select(epsilon => new EvaluationSetting(most, epsilon))]
            : throw new ArgumentException(string.Join(" ", problems));
    }

    /// <summary>A model of a fixed number of tokens may give none of the usual ones; then its own.</summary>
    private static ImmutableArray<int> UsualBudgetsOf(BundleManifest manifest)
    {
        ImmutableArray<int> possible = [.. UsualParts.Select(part => manifest.DefaultBudget / part).Where(budget => budget >= 1 && budget % (manifest.BudgetStep ?? 1) == 0)];
        return possible.IsEmpty && manifest.BudgetStep is not null ? [manifest.DefaultBudget] : possible;
    }
}
