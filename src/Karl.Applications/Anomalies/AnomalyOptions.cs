using System.Collections.Immutable;
using System.Globalization;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Anomalies;

/// <summary>How a profile of normal images is fitted.</summary>
public sealed record AnomalyOptions
{
    /// <summary>The share of normal images that may be called anomalous, above 0 and at most 0.5.</summary>
    public double FalseAlarms { get; init; } = 0.05;

    /// <summary>Reconstruction errors at which the tokens that an image asks for are counted, 1 to 8 of them, mean absolute difference of pixels from 0 to 1; null is the model's default alone.</summary>
    public ImmutableArray<float>? Epsilons { get; init; }

    /// <summary>Most tokens that an image may take; null is the model's default.</summary>
    public int? Budget { get; init; }

    /// <summary>Decides which of the normal images are fitted to and which are held out to calibrate.</summary>
    public int Seed { get; init; }

    /// <summary>What is to be done with one model, all of it checked.</summary>
    /// <exception cref="ArgumentException">Something cannot be; all problems are listed.</exception>
    internal (ImmutableArray<float> Epsilons, int Budget) Resolve(BundleManifest manifest)
    {
        ImmutableArray<float> epsilons = [.. (Epsilons ?? [manifest.DefaultEpsilon]).Distinct().Order()];
        List<string> problems = [];
        if (!(FalseAlarms > 0 && FalseAlarms <= 0.5))
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"FalseAlarms is {FalseAlarms}; above 0 and at most 0.5 was expected."));
        }

        if (epsilons.Length is < 1 or > 8)
        {
            problems.Add($"There are {epsilons.Length} epsilons; 1 to 8 were expected.");
        }

        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", problems));
        }

        int budget = Budget ?? manifest.DefaultBudget;
        foreach (float epsilon in epsilons)
        {
            new TokenizeOptions { Epsilon = epsilon, Budget = budget }.Resolve(manifest);
        }

        return (epsilons, budget);
    }

    /// <summary>How many normal images a rate of false alarms needs at least: a quarter of them decides, and none of these may lie beyond the threshold by chance alone.</summary>
    internal static int LeastImages(double falseAlarms) => 4 * (int)Math.Ceiling((1 / falseAlarms) - 1 - 1e-9);
}
