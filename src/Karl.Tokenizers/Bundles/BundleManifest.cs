using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Karl.Tokenizers.Bundles;

/// <summary>What a model bundle says about itself: the <c>manifest.json</c> inside a <c>.karl</c> file.</summary>
/// <remarks>
/// Read strictly: a member that is missing, unknown or given twice is an error, so that nothing which matters to an answer can be overlooked.
/// <see cref="Parts"/> is filled in by <see cref="BundleWriter"/>.
/// </remarks>
public sealed record BundleManifest
{
    /// <summary>The only format version that this library reads and writes.</summary>
    public const int SupportedFormatVersion = 1;

    /// <summary>Version of the bundle format, <see cref="SupportedFormatVersion"/>.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Model family, one of <see cref="Families.FamilyNames"/>.</summary>
    public required string Family { get; init; }

    /// <summary>Base tokenizer: <c>vqgan</c> or <c>vae</c>.</summary>
    public required string Base { get; init; }

    /// <summary>Whether tokens are codes of a codebook (true) or continuous latents (false).</summary>
    public required bool Quantized { get; init; }

    /// <summary>Name of the published preset, or null where the architecture is of no preset.</summary>
    public required string? Preset { get; init; }

    /// <summary>Height and width of an image, in pixels.</summary>
    public required int ImageSize { get; init; }

    /// <summary>Rows and columns of the grid of 2D tokens.</summary>
    public required int GridSize { get; init; }

    /// <summary>2D tokens of an image: <see cref="GridSize"/> squared.</summary>
    public required int ImageTokens { get; init; }

    /// <summary>Largest token budget that the encoder accepts.</summary>
    public required int MaximumBudget { get; init; }

    /// <summary>Token budget where none is asked for.</summary>
    public required int DefaultBudget { get; init; }

    /// <summary>Reconstruction error that is asked for where none is given: mean absolute difference of pixels between 0 and 1.</summary>
    public required float DefaultEpsilon { get; init; }

    /// <summary>Numbers in one latent token.</summary>
    public required int LatentWidth { get; init; }

    /// <summary>Entries of the latent codebook; null exactly where tokens are continuous.</summary>
    public required int? CodebookSize { get; init; }

    /// <summary>Budgets are multiples of this, where the model gives tokens by rounds or all at once; null where any number can be asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? BudgetStep { get; init; }

    /// <summary>Upper edges of the reconstruction error bins that condition the encoder, ascending; the lookup itself is in the encoder graph. Empty where it is not told an error.</summary>
    public required ImmutableArray<float> ErrorBins { get; init; }

    /// <summary>A token whose halting probability is strictly above this is dropped; null where the model gives no such probabilities.</summary>
    public required float? HaltingThreshold { get; init; }

    /// <summary>Where a model halts 2D tokens between rounds (ALIT over a VQGAN), one whose true base code has at least this probability may be; null elsewhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float? ImageHaltingThreshold { get; init; }

    /// <summary>Smallest and largest pixel value of an image given to the encoder.</summary>
    public required ImmutableArray<float> InputRange { get; init; }

    /// <summary>How weights are stored: <c>float32</c>, <c>float16</c> or <c>int8</c>.</summary>
    public required string Storage { get; init; }

    /// <summary>The graphs in the bundle with the SHA-256 of each.</summary>
    public required ImmutableArray<BundlePart> Parts { get; init; }

    /// <summary>Size of the transformer that makes tokens.</summary>
    public required BundleTransformer Encoder { get; init; }

    /// <summary>Size of the transformer that turns tokens back.</summary>
    public required BundleTransformer Decoder { get; init; }

    /// <summary>Where the weights came from.</summary>
    public required BundleSource Source { get; init; }
}

/// <summary>A part of a bundle.</summary>
/// <param name="Name">Name of the entry, such as <c>encoder.onnx</c>.</param>
/// <param name="Sha256">SHA-256 of its bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Bytes">Its length.</param>
public sealed record BundlePart(string Name, string Sha256, long Bytes);

/// <summary>Size of a transformer.</summary>
/// <param name="Width">Numbers in one token.</param>
/// <param name="Layers">Blocks.</param>
/// <param name="Heads">Attention heads of a block.</param>
public sealed record BundleTransformer(int Width, int Layers, int Heads);

/// <summary>Where the weights of a bundle came from.</summary>
/// <param name="File">Name of the checkpoint file, without its folder.</param>
/// <param name="Sha256">SHA-256 of that file, 64 lower-case hexadecimal digits.</param>
/// <param name="Weights">Which of its weights were taken: <c>ema</c> or <c>model</c>.</param>
public sealed record BundleSource(string File, string Sha256, string Weights);
