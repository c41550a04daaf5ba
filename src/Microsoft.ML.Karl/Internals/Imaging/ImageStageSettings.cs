using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Tokenization;

namespace Microsoft.ML.Karl.Internals.Imaging;

/// <summary>All that a stage from images to tokens is told, but for where it runs; it is saved with a pipeline.</summary>
internal sealed record ImageStageSettings
{
    public required string Input { get; init; }

    /// <summary>What the input is, as it was when the stage was fitted.</summary>
    public ImageSource Source { get; init; }

    public required float Epsilon { get; init; }

    public required int Budget { get; init; }

    public required float? HaltingThreshold { get; init; }

    public int? SamplingSeed { get; init; }

    public string? ImageFolder { get; init; }

    public float PixelScale { get; init; } = 1;

    public KarlUnreadableImages UnreadableImages { get; init; }

    public int BatchSize { get; init; } = 1;

    public KarlPooling Pooling { get; init; }

    public string? Features { get; init; }

    public string? Latents { get; init; }

    public string? Codes { get; init; }

    public string? Positions { get; init; }

    public string? Count { get; init; }

    public string? Bits { get; init; }

    public string? Normalized { get; init; }

    public string? Halting { get; init; }

    public string? Error { get; init; }

    /// <summary>Names of the columns that are made, in their order.</summary>
    public IEnumerable<string> Outputs => new[] { Features, Latents, Codes, Positions, Count, Bits, Normalized, Halting, Error }.OfType<string>();

    /// <summary>The model's part of options that are right in themselves.</summary>
    /// <exception cref="ArgumentException">The model cannot do what is asked; all problems are listed.</exception>
    public static ImageStageSettings From(string member, KarlImageOptions options, string input, BundleManifest manifest)
    {
        int budget = options.Budget ?? manifest.DefaultBudget;
        options.ThrowIfWrong(member, budget > manifest.MaximumBudget ? [$"Budget is {budget}; this model takes at most {manifest.MaximumBudget} tokens."] : []);
        return new ImageStageSettings
        {
            Input = input,
            Epsilon = options.Epsilon ?? manifest.DefaultEpsilon,
            Budget = budget,
            HaltingThreshold = options.HaltingThreshold ?? manifest.HaltingThreshold,
            SamplingSeed = options.SamplingSeed,
            ImageFolder = options.ImageFolder,
            PixelScale = options.PixelScale,
            UnreadableImages = options.UnreadableImages,
            BatchSize = options.BatchSize,
            Error = options.ErrorColumnName,
        };
    }

    /// <summary>The same settings, once they are known to suit a model; for settings that come out of a file.</summary>
    /// <exception cref="KarlFormatException">They do not; all problems are listed.</exception>
    public ImageStageSettings Checked(BundleManifest manifest)
    {
        List<string> problems = [];
        Require(!string.IsNullOrEmpty(Input), "there is no name of an input column");
        Require(Enum.IsDefined(Source), $"the kind of input {Source} is not known");
        Require(Budget >= 1 && Budget <= manifest.MaximumBudget, $"a budget of {Budget}, where the model takes 1 to {manifest.MaximumBudget}");
        Require(float.IsFinite(PixelScale) && PixelScale > 0, $"pixels are scaled by {PixelScale}");
        Require(BatchSize is >= 1 and <= 4096, $"batches of {BatchSize}");
        Require(Enum.IsDefined(Pooling) && Enum.IsDefined(UnreadableImages), "a way of pooling, or of doing with unreadable images, is not known");
        Require(Codes is null || manifest.CodebookSize is not null, "codes of a model that has none");
        return problems.Count == 0 ? this : throw new KarlFormatException($"The saved pipeline's settings do not suit its model: {string.Join(", ", problems)}. Save it again.");

        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                problems.Add(problem);
            }
        }
    }

    public TokenizeOptions ToTokenizeOptions(bool includeLatents) => new()
    {
        Epsilon = Epsilon,
        Budget = Budget,
        HaltingThreshold = HaltingThreshold,
        SamplingSeed = SamplingSeed,
        IncludeLatents = includeLatents,
    };
}
