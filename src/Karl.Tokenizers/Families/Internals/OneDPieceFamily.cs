using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Sessions.Internals;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Karl.Tokenizers.Families.Internals;

/// <summary>
/// One-D-Piece: one run of the encoder gives all tokens, of which any first ones can be decoded. How many are enough for an error is found out by decoding.
/// TiTok is the same with all tokens or none: its budget step is its budget.
/// </summary>
internal sealed class OneDPieceFamily : ModelFamily
{
    /// <inheritdoc/>
    public override string Name => FamilyNames.OneDPiece;

    /// <summary>The published scripts resize with torchvision's default, bilinear.</summary>
    public override Resampling Resampling => Resampling.Bilinear;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(BundleManifest manifest)
    {
        if (manifest.HaltingThreshold is not null)
        {
            yield return $"haltingThreshold is {manifest.HaltingThreshold}; null was expected: nothing halts in family '{Name}'.";
        }

        if (manifest.ErrorBins is not [])
        {
            yield return $"errorBins must be empty: the encoder of family '{Name}' is told no error.";
        }

        if (manifest.BudgetStep is int step && step != manifest.MaximumBudget)
        {
            yield return $"budgetStep is {step}; none, or {manifest.MaximumBudget} for a fixed number of tokens, was expected.";
        }

        if (!manifest.Quantized)
        {
            yield return $"quantized is false; models of family '{Name}' have a codebook.";
        }
    }

    /// <summary>Image in; all codes, and the codebook's entries, out.</summary>
    public override GraphContract EncoderContract(BundleManifest manifest) => new(
        [GraphContract.ImageOf(manifest)],
        [new TensorContract(GraphContract.Codes, TensorElementType.Int64, TensorContract.Any, manifest.MaximumBudget)])
    {
        OptionalOutputs = [new TensorContract(GraphContract.Latents, TensorElementType.Float, TensorContract.Any, manifest.MaximumBudget, manifest.LatentWidth)],
    };

    /// <inheritdoc/>
    public override IImageEncoder CreateEncoder(EncoderResources resources) =>
        new PrefixEncoder(resources.Load(Bundle.EncoderPart, EncoderContract(resources.Manifest)), resources.Manifest, resources.Manifest.BudgetStep is null ? resources.RequireDecoder() : null);
}
