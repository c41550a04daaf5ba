using Karl.Graphs;

namespace Karl.Training.Steps.Internals;

/// <summary>What the training of every family makes less, each a single number.</summary>
internal static class TokenLosses
{
    /// <summary>How improbable the right base codes are: minus the mean logarithm of their probabilities.</summary>
    /// <param name="logProbabilities"><c>[batch, tokens, codes]</c>.</param>
    /// <param name="codes">int64 <c>[batch, tokens]</c>.</param>
    public static Tensor Codes(Tensor logProbabilities, Tensor codes) => -logProbabilities.GatherElements(codes.Unsqueeze(2), 2).ReduceMean();

    /// <summary>The mean squared difference. The mean is taken in two steps, because ONNX Runtime adds up one number after the other.</summary>
    public static Tensor SquaredError(Tensor found, Tensor wanted)
    {
        var difference = found - wanted;
        return (difference * difference).ReduceMean([-1]).ReduceMean();
    }

    /// <summary>The mean absolute difference of images <c>[batch, 3, height, width]</c>, in two steps for the same reason.</summary>
    public static Tensor AbsoluteError(Tensor found, Tensor wanted) => (found - wanted).Abs().ReduceMean([-1]).ReduceMean();

    /// <summary>Draws codes to the latents that they stand for and, as much less as commitment counts less, latents to their codes.</summary>
    public static Tensor Quantizer(Tensor latents, Tensor codeVectors, double commitmentWeight) =>
        SquaredError(codeVectors, latents.StopGradient()) + SquaredError(latents, codeVectors.StopGradient()) * commitmentWeight;

    /// <summary>
    /// How far the codebook is from being used evenly and surely (arXiv 1912.10250 and later): the mean entropy of each latent's codes less the entropy of all codes, in nats,
    /// where a code is the likelier the nearer it is.
    /// </summary>
    /// <param name="normalized">Latents of length 1, <c>[batch, tokens, latent width]</c>.</param>
    /// <param name="codebook">Codes of length 1, <c>[codes, latent width]</c>.</param>
    /// <param name="temperature">Squared distance that makes a code <c>e</c> times less likely.</param>
    public static Tensor Unevenness(Tensor normalized, Tensor codebook, double temperature)
    {
        var logarithms = (normalized.MatMul(codebook.Transpose(1, 0)) * (2 / temperature)).LogSoftmax();       // |a - b|^2 = 2 - 2 a.b
        var probabilities = logarithms.Exp();
        var all = probabilities.ReduceMean([0, 1]);
        return (all * (all + 1e-8).Log()).ReduceSum() - (probabilities * logarithms).ReduceSum([-1]).ReduceMean();
    }
}
