using System.Collections.Immutable;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Sessions.Internals;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Karl.Tokenizers.Families.Internals;

/// <summary>
/// ALIT: the encoder runs in rounds, each of which adds tokens and changes all earlier ones. After any round the tokens can be decoded; how many rounds are
/// enough for an error is found out by decoding.
/// </summary>
internal sealed class AlitFamily : ModelFamily
{
    private const int MostRounds = 64;

    /// <inheritdoc/>
    public override string Name => FamilyNames.Alit;

    /// <summary>What is done once for an image, what is done in each round, and the way back.</summary>
    public override ImmutableArray<string> Parts => [Bundle.EncoderPart, Bundle.RoundPart, Bundle.DecoderPart];

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(BundleManifest manifest)
    {
        if (manifest.HaltingThreshold is not null)
        {
            yield return $"haltingThreshold is {manifest.HaltingThreshold}; null was expected: family '{Name}' halts 2D tokens, for which there is imageHaltingThreshold.";
        }

        if (manifest.ErrorBins is not [])
        {
            yield return $"errorBins must be empty: the encoder of family '{Name}' is told no error.";
        }

        if (manifest.BudgetStep is not int step || step < 1 || manifest.MaximumBudget / step > MostRounds)
        {
            yield return $"budgetStep is {manifest.BudgetStep?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"}; the tokens that a round adds, with at most {MostRounds} rounds, were expected.";
        }

        if (manifest.Base == "vqgan" ? manifest.ImageHaltingThreshold is not (>= 0 and <= 1) : manifest.ImageHaltingThreshold is not null)
        {
            yield return $"imageHaltingThreshold is {manifest.ImageHaltingThreshold?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"}; 0 to 1 was expected over a VQGAN, null over a VAE.";
        }
    }

    /// <summary>Image (and noise for a VAE) in; the sequence that the first round takes (and base codes for a VQGAN) out.</summary>
    public override GraphContract EncoderContract(BundleManifest manifest)
    {
        TensorContract sequence = new(GraphContract.Sequence, TensorElementType.Float, TensorContract.Any, 1 + manifest.ImageTokens, manifest.Encoder.Width);
        return manifest.Base == "vae"
            ? new GraphContract([GraphContract.ImageOf(manifest), GraphContract.NoiseOf(manifest)], [sequence])
            : new GraphContract([GraphContract.ImageOf(manifest)], [sequence, new(GraphContract.BaseCodes, TensorElementType.Int64, TensorContract.Any, manifest.ImageTokens)]);
    }

    /// <summary>What the last round gave, which 2D tokens are halted, the round's number in; the whole sequence and all latent tokens out.</summary>
    public static GraphContract RoundContract(BundleManifest manifest) => new(
        [
            new(GraphContract.Sequence, TensorElementType.Float, TensorContract.Any, TensorContract.Any, manifest.Encoder.Width),
            new(GraphContract.Halted, TensorElementType.Float, TensorContract.Any, manifest.ImageTokens),
            new(GraphContract.Round, TensorElementType.Int64, 1),
        ],
        [
            new(GraphContract.NextSequence, TensorElementType.Float, TensorContract.Any, TensorContract.Any, manifest.Encoder.Width),
            GraphContract.TokensOf(manifest),
        ])
    {
        OptionalOutputs = manifest.Quantized ? [GraphContract.LatentsOf(manifest)] : [],
    };

    /// <summary>Over a VQGAN, how probable each base code is for each 2D token: what halting goes by.</summary>
    public override IEnumerable<TensorContract> ExtraDecoderOutputs(BundleManifest manifest) => manifest.Base == "vqgan"
        ? [new(GraphContract.CodeProbabilities, TensorElementType.Float, TensorContract.Any, manifest.ImageTokens, TensorContract.Whatever)]
        : [];

    /// <inheritdoc/>
    public override IImageEncoder CreateEncoder(EncoderResources resources) => new RoundEncoder(
        resources.Load(Bundle.EncoderPart, EncoderContract(resources.Manifest)),
        resources.Load(Bundle.RoundPart, RoundContract(resources.Manifest)),
        resources.Manifest,
        resources.RequireDecoder());
}
