using System.Globalization;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Complexity;

/// <summary>How complexity is measured.</summary>
public sealed record ComplexityOptions
{
    /// <summary>The reconstruction error that an image's tokens should reach, mean absolute difference of pixels from 0 to 1; null is the model's default.</summary>
    public float? Epsilon { get; init; }

    /// <summary>Most tokens that an image may take, and those of the full budget; null is the model's default.</summary>
    public int? Budget { get; init; }

    /// <summary>Tokens of the small budget; null is an eighth of the full one (32 of 256, 8 of 64), or the nearest that the model can give.</summary>
    public int? SmallBudget { get; init; }

    /// <summary>An image is read as <see cref="ComplexityReading.Noise"/> where the full budget removes less than this share of the small budget's error, 0 to 1.</summary>
    public double NoiseShare { get; init; } = 0.15;

    /// <summary>An image is read as <see cref="ComplexityReading.RedundantStructure"/> where the full budget removes more than this share of the small budget's error, 0 to 1.</summary>
    public double RedundantShare { get; init; } = 0.5;

    /// <summary>What is to be done with one model, all of it checked.</summary>
    /// <exception cref="ArgumentException">Something cannot be; all problems are listed.</exception>
    internal ComplexitySettings Resolve(BundleManifest manifest)
    {
        List<string> problems = [];
        int step = manifest.BudgetStep ?? 1, budget = Budget ?? manifest.DefaultBudget;
        int small = SmallBudget ?? Math.Max(step, budget / 8 / step * step);
        ResolvedTokenizeOptions resolved = new TokenizeOptions { Epsilon = Epsilon, Budget = budget }.Resolve(manifest);
        if (small < 1 || small >= budget || small % step != 0)
        {
            problems.Add(budget == step
                ? $"This model gives each image {budget} tokens, so that none is simpler than another; a model whose budget can be chosen was expected."
                : $"SmallBudget is {small}; 1 to {budget - 1} tokens{(step > 1 ? $", a multiple of {step}," : string.Empty)} were expected.");
        }

        if (!(NoiseShare >= 0 && NoiseShare <= RedundantShare && RedundantShare <= 1))
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"NoiseShare is {NoiseShare} and RedundantShare {RedundantShare}; 0 to 1 in this order was expected."));
        }

        return problems.Count == 0 ? new ComplexitySettings(resolved.Epsilon, budget, small, NoiseShare, RedundantShare) : throw new ArgumentException(string.Join(" ", problems));
    }
}

/// <summary>With what complexity was measured, nothing left open; members as in <see cref="ComplexityOptions"/>.</summary>
/// <param name="Epsilon">The error asked for.</param>
/// <param name="Budget">Tokens of the full budget.</param>
/// <param name="SmallBudget">Tokens of the small budget.</param>
/// <param name="NoiseShare">Below it, noise.</param>
/// <param name="RedundantShare">Above it, redundant structure.</param>
public sealed record ComplexitySettings(float Epsilon, int Budget, int SmallBudget, double NoiseShare, double RedundantShare);
