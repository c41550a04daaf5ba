using System.Globalization;

namespace Microsoft.ML.Karl;

/// <summary>How the images of a column are read and tokenized.</summary>
public abstract record KarlImageOptions : KarlModelOptions
{
    private protected KarlImageOptions()
    {
    }

    /// <summary>The reconstruction error asked for: mean absolute difference of pixels between 0 and 1. Null is the model's default. Raise it for fewer tokens.</summary>
    public float? Epsilon { get; init; }

    /// <summary>Most tokens that an image may take; null is the model's default. Cost grows with it.</summary>
    public int? Budget { get; init; }

    /// <summary>A token whose halting probability is strictly above this is dropped, 0 to 1; null is the model's. Raise it to keep more tokens.</summary>
    public float? HaltingThreshold { get; init; }

    /// <summary>Where given, models over a VAE sample its posterior with noise from this seed; null takes the mean.</summary>
    public int? SamplingSeed { get; init; }

    /// <summary>Folder that relative paths in a column of paths start from; null is the current folder.</summary>
    public string? ImageFolder { get; init; }

    /// <summary>What numbers in a column of pixels are multiplied with to lie between 0 and 1: 1 if they do, <c>1 / 255f</c> for bytes.</summary>
    public float PixelScale { get; init; } = 1;

    /// <summary>What becomes of a row whose image cannot be read.</summary>
    public KarlUnreadableImages UnreadableImages { get; init; } = KarlUnreadableImages.Throw;

    /// <summary>Name of a text column that says why an image could not be read, empty where it could; null for none.</summary>
    public string? ErrorColumnName { get; init; }

    internal override IEnumerable<string> Problems()
    {
        foreach (string problem in base.Problems())
        {
            yield return problem;
        }

        if (Epsilon is float epsilon && !(float.IsFinite(epsilon) && epsilon >= 0))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Epsilon is {epsilon}; a finite number of at least 0, or null, was expected.");
        }

        if (Budget < 1)
        {
            yield return $"Budget is {Budget}; at least 1 token, or null, was expected.";
        }

        if (HaltingThreshold is float threshold && !(threshold >= 0 && threshold <= 1))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"HaltingThreshold is {threshold}; 0 to 1, or null, was expected.");
        }

        if (!float.IsFinite(PixelScale) || PixelScale <= 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"PixelScale is {PixelScale}; a finite number above 0 was expected.");
        }

        if (!Enum.IsDefined(UnreadableImages))
        {
            yield return $"UnreadableImages is {UnreadableImages}; {nameof(KarlUnreadableImages.Throw)} or {nameof(KarlUnreadableImages.Mark)} was expected.";
        }
    }
}
