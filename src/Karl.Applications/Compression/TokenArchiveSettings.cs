using System.Globalization;
using System.Text;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.TokenFiles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Compression;

/// <summary>What all images of a token archive (<c>.kt</c>) have in common.</summary>
public sealed record TokenArchiveSettings
{
    private const int ModelDigits = 16, LongestName = 200, LargestSize = 16384, LargestBudget = 4096, LargestLatentWidth = 1024, MostImagesPerBlock = 1024;

    /// <summary>The model, as token files name it: see <see cref="TokenFileSettings.Model"/>; 16 lower-case hexadecimal digits.</summary>
    public required string Model { get; init; }

    /// <summary>What people call the model, at most 200 bytes of UTF-8.</summary>
    public required string ModelName { get; init; }

    /// <summary>Height and width of the model's images, in pixels.</summary>
    public required int ImageSize { get; init; }

    /// <summary>The model's largest budget, 1 to 4096 tokens.</summary>
    public required int MaximumBudget { get; init; }

    /// <summary>Most tokens that an image could take.</summary>
    public required int Budget { get; init; }

    /// <summary>The reconstruction error that was asked for.</summary>
    public required float Epsilon { get; init; }

    /// <summary>Entries of the codebook; null where tokens are continuous.</summary>
    public required int? CodebookSize { get; init; }

    /// <summary>Numbers in one latent where tokens are continuous, 1 to 1024; else 0.</summary>
    public int LatentWidth { get; init; }

    /// <summary>Latents are stored as the nearest multiple of this, so that each of their numbers is at most half of it away; 0 for codes, which are stored exactly.</summary>
    public float LatentStep { get; init; }

    /// <summary>After so many images what was learned is forgotten: to read one image, at most so many are decoded. 1 to 1024; more is a little smaller.</summary>
    public int ImagesPerBlock { get; init; } = 256;

    /// <summary>Which <see cref="TokenStatistics"/> are needed to read it, their <see cref="TokenStatistics.Id"/>; null where none are.</summary>
    public string? Statistics { get; init; }

    /// <summary>The settings for tokens of this model with these options.</summary>
    /// <param name="manifest">The model's.</param>
    /// <param name="options">How images are tokenized.</param>
    /// <param name="modelName">What people call the model; made fit to be stored.</param>
    /// <param name="latentStep">See <see cref="LatentStep"/>; of no effect for codes.</param>
    public static TokenArchiveSettings Of(BundleManifest manifest, TokenizeOptions options, string modelName, float latentStep = 1f / 32)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(modelName);
        TokenFileSettings file = TokenFileSettings.Of(manifest, options);
        return new TokenArchiveSettings
        {
            Model = file.Model,
            ModelName = string.Concat(modelName.Take(LongestName / 4).Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter))),
            ImageSize = manifest.ImageSize,
            MaximumBudget = manifest.MaximumBudget,
            Budget = file.Budget,
            Epsilon = file.Epsilon,
            CodebookSize = manifest.Quantized ? manifest.CodebookSize : null,
            LatentWidth = manifest.Quantized ? 0 : manifest.LatentWidth,
            LatentStep = manifest.Quantized ? 0 : latentStep,
        };
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"model {Model} ({ModelName}), {ImageSize} x {ImageSize}, {(CodebookSize is int codebook ? $"codes of {codebook}" : $"latents of {LatentWidth} in steps of {LatentStep}")}, epsilon {Epsilon}, budget {Budget}");

    /// <summary>What is wrong with it; empty where nothing is.</summary>
    internal string Problems()
    {
        List<string> problems = [];
        Require(IsDigits(Model), $"the model is '{Model}'; {ModelDigits} hexadecimal digits were expected");
        Require(Encoding.UTF8.GetByteCount(ModelName) <= LongestName && !ModelName.Any(char.IsControl), $"the model's name is longer than {LongestName} bytes, or holds control characters");
        Require(ImageSize is >= 1 and <= LargestSize, $"images are {ImageSize} pixels wide; 1 to {LargestSize} was expected");
        Require(MaximumBudget is >= 1 and <= LargestBudget, $"the largest budget is {MaximumBudget}; 1 to {LargestBudget} was expected");
        Require(Budget >= 1 && Budget <= MaximumBudget, $"the budget is {Budget}; 1 to {MaximumBudget} was expected");
        Require(float.IsFinite(Epsilon) && Epsilon >= 0, string.Create(CultureInfo.InvariantCulture, $"epsilon is {Epsilon}; at least 0 was expected"));
        Require(CodebookSize is null or >= 1, $"the codebook has {CodebookSize} entries; at least 1 was expected");
        Require(CodebookSize is null ? LatentWidth is >= 1 and <= LargestLatentWidth : LatentWidth == 0, $"a latent has {LatentWidth} numbers; 1 to {LargestLatentWidth}, or 0 with codes, was expected");
        Require(
            CodebookSize is null ? float.IsNormal(LatentStep) && LatentStep > 0 : LatentStep == 0, string.Create(CultureInfo.InvariantCulture, $"the step of latents is {LatentStep}; a number above 0, or 0 with codes, was expected"));
        Require(ImagesPerBlock is >= 1 and <= MostImagesPerBlock, $"a block has {ImagesPerBlock} images; 1 to {MostImagesPerBlock} was expected");
        Require(Statistics is null || IsDigits(Statistics), $"the statistics are '{Statistics}'; {ModelDigits} hexadecimal digits were expected");
        return string.Join("; ", problems);

        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                problems.Add(problem);
            }
        }
    }

    private static bool IsDigits(string text) => text.Length == ModelDigits && text.All(char.IsAsciiHexDigitLower);
}
