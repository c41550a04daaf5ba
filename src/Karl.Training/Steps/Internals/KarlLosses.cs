using Karl.Graphs;

namespace Karl.Training.Steps.Internals;

/// <summary>What KARL's training makes less, each a single number.</summary>
internal static class KarlLosses
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

    /// <summary>How far tokens, all of which shall stay, are from it: the mean of -log(1 - probability).</summary>
    /// <param name="haltingLogits"><c>[batch, tokens]</c>.</param>
    /// <param name="reaches">1 for images that do not count, since fewer tokens might do for them; <c>[batch, 1]</c>, or null where all count.</param>
    public static Tensor Keep(Tensor haltingLogits, Tensor? reaches = null)
    {
        var losses = SoftPlus(haltingLogits);
        return reaches is null ? losses.ReduceMean([0]).ReduceMean() : MeanOfCounted(losses.ReduceMean([1], keepDimensions: true), 1 - reaches);
    }

    /// <summary>How far the tokens within a budget are from staying, and those beyond it from halting, each a mean over its tokens; 0 where there are none.</summary>
    /// <param name="haltingLogits"><c>[batch, tokens]</c>.</param>
    /// <param name="budget">int64 <c>[1]</c>.</param>
    /// <param name="reaches">
    /// 1 where the budget reaches what is asked, so that only tokens beyond it count, and 0 where it does not, so that only those within count; <c>[batch, 1]</c>. Null counts both.
    /// </param>
    public static (Tensor Keep, Tensor Halt) KeepAndHalt(Tensor haltingLogits, Tensor budget, Tensor? reaches = null)
    {
        var within = haltingLogits.Graph.Range(haltingLogits.Shape[1]).Less(budget).Cast(ElementType.Float32);      // [tokens]
        var beyond = 1 - within;
        var (keep, halt) = (SoftPlus(haltingLogits), SoftPlus(-haltingLogits));
        return reaches is null
            ? (MeanOfCounted(keep.ReduceMean([0]), within), MeanOfCounted(halt.ReduceMean([0]), beyond))
            : (MeanOfCounted(keep, within * (1 - reaches)), MeanOfCounted(halt, beyond * reaches));
    }

    private static Tensor MeanOfCounted(Tensor losses, Tensor counted) => (losses * counted).ReduceSum() / counted.ReduceSum().Max(1);

    /// <summary>log(1 + e^x), exact for large x too; its gradient at 0 is 1/2.</summary>
    private static Tensor SoftPlus(Tensor x)
    {
        var size = x.Abs();
        return (x + size) * 0.5 + (1 + (-size).Exp()).Log();
    }
}
