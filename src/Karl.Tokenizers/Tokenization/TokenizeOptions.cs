using System.Globalization;
using Karl.Tokenizers.Bundles;

namespace Karl.Tokenizers.Tokenization;

/// <summary>How an image is to be tokenized. The defaults are the published ones; change them with <c>with</c>.</summary>
public sealed record TokenizeOptions
{
    /// <summary>The reconstruction error asked for: mean absolute difference of pixels between 0 and 1; null is the bundle's default. Raise it for fewer tokens.</summary>
    /// <remarks>
    /// KARL aims at it, rounded up to one of the bundle's <see cref="BundleManifest.ErrorBins"/>, and may miss it; its authors advise 0.03 where detail is lost, 0.07 for
    /// fewer tokens. The other families decode and measure until they meet it, or give the closest that they tried. 0 asks for as many tokens as the budget allows.
    /// </remarks>
    public float? Epsilon { get; init; }

    /// <summary>Most tokens that an image may take, 1 to <see cref="BundleManifest.MaximumBudget"/>; null is the bundle's default. Cost grows with it.</summary>
    public int? Budget { get; init; }

    /// <summary>How families that search look for the fewest tokens; of no effect for the others.</summary>
    public PrefixSearch Search { get; init; } = PrefixSearch.Bisection;

    /// <summary>A token whose halting probability is strictly above this is dropped, 0 to 1; null is the bundle's. Raise it to keep more tokens. Of no effect for families in which nothing halts.</summary>
    public float? HaltingThreshold { get; init; }

    /// <summary>Whether ALIT over a VQGAN halts 2D tokens between its rounds; other models can only be asked for none.</summary>
    public ImageTokenHalting ImageHalting { get; init; }

    /// <summary>Where given, models over a VAE sample its posterior with noise from this seed, as the original does; null takes the mean.</summary>
    /// <remarks>Each image gets the same noise, so that its tokens depend neither on its neighbours nor on its place. Models over a VQGAN do not sample; <see cref="ImageTokenHalting.Tossed"/> halting takes its tosses from the same seed, and 0 where none is given.</remarks>
    public int? SamplingSeed { get; init; }

    /// <summary>Exactly so many tokens, whether an image needs them or not: an error of 0 is asked for, and no token is dropped.</summary>
    /// <param name="tokens">1 to <see cref="BundleManifest.MaximumBudget"/>.</param>
    public static TokenizeOptions Exactly(int tokens) => new() { Budget = tokens, Epsilon = 0, HaltingThreshold = 1 };

    /// <summary>Whether tokens that are codes come with their latents too, the codebook's entries, for those who want to compute with them.</summary>
    public bool IncludeLatents { get; init; }

    /// <summary>What is to be done with one bundle, all of it checked.</summary>
    internal ResolvedTokenizeOptions Resolve(BundleManifest manifest)
    {
        List<string> problems = [];
        float epsilon = Epsilon ?? manifest.DefaultEpsilon;
        if (!float.IsFinite(epsilon) || epsilon < 0)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"Epsilon is {epsilon}; a finite number of at least 0 was expected (try {manifest.DefaultEpsilon})."));
        }

        int budget = Budget ?? manifest.DefaultBudget;
        if (budget < 1 || budget > manifest.MaximumBudget)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"Budget is {budget}; 1 to {manifest.MaximumBudget} tokens were expected."));
        }

        else if (manifest.BudgetStep is int step && budget % step != 0)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"Budget is {budget}; this model gives tokens by {step}: a multiple of that was expected."));
        }

        if (!Enum.IsDefined(Search))
        {
            problems.Add($"Search is {Search}; Bisection or EveryLength was expected.");
        }

        float threshold = HaltingThreshold ?? manifest.HaltingThreshold ?? 1;
        if (!(threshold >= 0 && threshold <= 1))
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"HaltingThreshold is {threshold}; 0 to 1 was expected."));
        }

        if (!Enum.IsDefined(ImageHalting) || (ImageHalting != ImageTokenHalting.None && manifest.ImageHaltingThreshold is null))
        {
            problems.Add($"ImageHalting is {ImageHalting}; None was expected: only ALIT over a VQGAN halts 2D tokens, and this model is {manifest.Family} over {manifest.Base}.");
        }

        return problems.Count == 0
            ? new ResolvedTokenizeOptions(epsilon, budget, threshold, SamplingSeed, Search, IncludeLatents, ImageHalting)
            : throw new ArgumentException(string.Join(" ", problems));
    }
}

/// <summary><see cref="TokenizeOptions"/> with nothing left open.</summary>
internal readonly record struct ResolvedTokenizeOptions(float Epsilon, int Budget, float HaltingThreshold, int? SamplingSeed, PrefixSearch Search, bool IncludeLatents, ImageTokenHalting ImageHalting)
{
    /// <summary>Whether there is nothing to search for: no reconstruction has an error of 0.</summary>
    public bool WantsWholeBudget => Epsilon <= 0;
}
