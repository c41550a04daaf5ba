using System.Collections.Immutable;
using System.Globalization;
using Karl.Tokenizers.Bundles;
using Microsoft.ML.SearchSpace;

namespace Microsoft.ML.Karl.AutoML;

/// <summary>What a tokenizing stage is swept over. What the options of the stage say is tried first, and added where it is not among the choices.</summary>
/// <remarks>Every choice more is work: a trial with another error or budget tokenizes all images again.</remarks>
public sealed record KarlSearchSpace
{
    internal const string EpsilonName = "Epsilon";
    internal const string BudgetName = "Budget";
    internal const string PoolingName = "Pooling";

    /// <summary>Reconstruction errors to ask for; empty is 0.6, 1, 1.4 and 2 times the model's default. Larger ones keep fewer tokens.</summary>
    public ImmutableArray<float> Epsilons { get; init; } = [];

    /// <summary>Budgets, in tokens; empty is the model's default, and half and a quarter of it.</summary>
    public ImmutableArray<int> Budgets { get; init; } = [];

    /// <summary>Ways of pooling.</summary>
    public ImmutableArray<KarlPooling> Poolings { get; init; } = [KarlPooling.MaskedMean, KarlPooling.MaskedMeanAndDeviation, KarlPooling.PaddedTokens];

    /// <summary>The same as AutoML's.</summary>
    /// <param name="options">What is tried first.</param>
    /// <param name="manifest">The model's.</param>
    internal SearchSpace.SearchSpace ToSearchSpace(KarlTokenizeOptions options, BundleManifest manifest)
    {
        int defaultBudget = manifest.DefaultBudget;
        ImmutableArray<float> epsilons = Epsilons.IsDefaultOrEmpty ? [.. new[] { 0.6, 1, 1.4, 2 }.Select(factor => (float)Math.Round(factor * manifest.DefaultEpsilon, 3))] : Epsilons;
        ImmutableArray<int> budgets = Budgets.IsDefaultOrEmpty ? [.. new[] { defaultBudget, defaultBudget / 2, defaultBudget / 4 }.Where(budget => budget > 0)] : Budgets;
        Check(budgets, manifest.MaximumBudget);
        SearchSpace.SearchSpace space = new();
        space.Add(EpsilonName, Choice(epsilons, options.Epsilon ?? manifest.DefaultEpsilon));
        space.Add(BudgetName, Choice(budgets, options.Budget ?? defaultBudget));
        space.Add(PoolingName, Choice(Poolings.IsDefault ? [] : [.. Poolings.Select(pooling => pooling.ToString())], options.Pooling.ToString()));
        return space;
    }

    /// <summary>Options of a stage at a point.</summary>
    internal static KarlTokenizeOptions At(Parameter point, KarlTokenizeOptions options) => options with
    {
        Epsilon = point[EpsilonName].AsType<float>(),
        Budget = point[BudgetName].AsType<int>(),
        Pooling = Enum.Parse<KarlPooling>(point[PoolingName].AsType<string>()),
    };

    private void Check(ImmutableArray<int> budgets, int maximumBudget)
    {
        List<string> problems = [];
        problems.AddRange((Epsilons.IsDefault ? [] : Epsilons).Where(epsilon => !float.IsFinite(epsilon) || epsilon < 0)
            .Select(epsilon => string.Create(CultureInfo.InvariantCulture, $"Epsilons has {epsilon}; finite numbers of at least 0 were expected.")));
        problems.AddRange(budgets.Where(budget => budget < 1 || budget > maximumBudget).Select(budget => $"Budgets has {budget}; this model takes 1 to {maximumBudget} tokens."));
        problems.AddRange((Poolings.IsDefault ? [] : Poolings).Where(pooling => !Enum.IsDefined(pooling)).Select(pooling => $"Poolings has {pooling}, which is none."));
        if (problems.Count > 0)
        {
            throw new ArgumentException($"{nameof(KarlSearchSpace)}: {string.Join(" ", problems)}");
        }
    }

    private static RepeatedChoice Choice<T>(ImmutableArray<T> choices, T first)
        where T : notnull => new([.. choices.Append(first).Distinct().Order().Select(choice => (object)choice)], first);
}
