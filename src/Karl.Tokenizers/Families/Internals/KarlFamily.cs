using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Sessions.Internals;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Karl.Tokenizers.Families.Internals;

/// <summary>
/// KARL: the encoder is told the error to aim at, and gives each token a probability that it is not needed. One run, and no decoder; kept tokens are no prefix.
/// </summary>
internal sealed class KarlFamily : ModelFamily
{
    /// <inheritdoc/>
    public override string Name => FamilyNames.Karl;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(BundleManifest manifest)
    {
        if (manifest.HaltingThreshold is not (>= 0 and <= 1))
        {
            yield return $"haltingThreshold is {manifest.HaltingThreshold}; 0 to 1 was expected.";
        }

        if (manifest.ErrorBins.IsDefaultOrEmpty || manifest.ErrorBins.Length > 1024
            || !manifest.ErrorBins.All(bin => float.IsFinite(bin) && bin >= 0)
            || !manifest.ErrorBins.Zip(manifest.ErrorBins.Skip(1)).All(pair => pair.First < pair.Second))
        {
            yield return "errorBins must be finite, not negative and ascending.";
        }

        if (manifest.BudgetStep is not null)
        {
            yield return $"budgetStep is {manifest.BudgetStep}; none was expected: any budget can be asked for.";
        }
    }

    /// <summary>Image, epsilon, budget (and noise for a VAE) in; codes or latents and halting probabilities out.</summary>
    public override GraphContract EncoderContract(BundleManifest manifest)
    {
        List<TensorContract> inputs =
        [
            GraphContract.ImageOf(manifest),
            new(GraphContract.Epsilon, TensorElementType.Float, TensorContract.Any),
            new(GraphContract.Budget, TensorElementType.Int64, 1),
        ];
        if (manifest.Base == "vae")
        {
            inputs.Add(GraphContract.NoiseOf(manifest));
        }

        return new GraphContract(
            [.. inputs],
            [GraphContract.TokensOf(manifest), new TensorContract(GraphContract.HaltingProbabilities, TensorElementType.Float, TensorContract.Any, TensorContract.Any)])
        {
            OptionalOutputs = manifest.Quantized ? [GraphContract.LatentsOf(manifest)] : [],
        };
    }

    /// <inheritdoc/>
    public override IImageEncoder CreateEncoder(EncoderResources resources) =>
        new HaltingEncoder(resources.Load(Bundle.EncoderPart, EncoderContract(resources.Manifest)), resources.Manifest);
}
