using System.Globalization;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Curation;

/// <summary>How a set of images is looked through and cut down.</summary>
public sealed record CurationOptions
{
    /// <summary>Images of the balanced subset; null is all that are no duplicates.</summary>
    public int? Size { get; init; }

    /// <summary>Decides which of the images that would do as well are taken.</summary>
    public int Seed { get; init; }

    /// <summary>The reconstruction error at which an image's tokens are counted, mean absolute difference of pixels from 0 to 1; null is the model's default.</summary>
    public float? Epsilon { get; init; }

    /// <summary>Most tokens that an image may take, and those that are compared; null is the model's default.</summary>
    public int? Budget { get; init; }

    /// <summary>Ranges of equally many token counts that the set is divided into, 1 to 64.</summary>
    public int Buckets { get; init; } = 8;

    /// <summary>Images may be near duplicates where at least this share of their tokens is the same at the same positions, 0 to 1.</summary>
    public double SharedTokens { get; init; } = 0.25;

    /// <summary>They are if, besides, their pixels as the model sees them differ by at most this on average, 0 to 1.</summary>
    public double PixelDifference { get; init; } = 0.08;

    /// <summary>What is to be done with one model, all of it checked.</summary>
    /// <exception cref="ArgumentException">Something cannot be; all problems are listed.</exception>
    internal (float Epsilon, int Budget) Resolve(BundleManifest manifest)
    {
        List<string> problems = [];
        Require(Size is null or >= 1, $"Size is {Size}; at least 1 image, or null, was expected.");
        Require(Buckets is >= 1 and <= 64, $"Buckets is {Buckets}; 1 to 64 was expected.");
        Require(SharedTokens is > 0 and <= 1, $"SharedTokens is {SharedTokens}; above 0 and at most 1 was expected.");
        Require(PixelDifference is >= 0 and <= 1, $"PixelDifference is {PixelDifference}; 0 to 1 was expected.");
        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", problems));
        }

        int budget = Budget ?? manifest.DefaultBudget;
        return (new TokenizeOptions { Epsilon = Epsilon, Budget = budget }.Resolve(manifest).Epsilon, budget);

        void Require(bool holds, FormattableString problem)
        {
            if (!holds)
            {
                problems.Add(problem.ToString(CultureInfo.InvariantCulture));
            }
        }
    }
}
