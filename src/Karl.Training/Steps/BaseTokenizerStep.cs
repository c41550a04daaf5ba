using Karl.Graphs;
using Karl.Networks;
using Karl.Training.Optimizers;

namespace Karl.Training.Steps;

/// <summary>A step that trains a base tokenizer from scratch on pixels.</summary>
/// <remarks>
/// Inputs: <c>image</c> float32 <c>[batch, 3, size, size]</c>, 0 to 1; for a VAE <c>noise</c>, standard normal, of the latent's shape; those of <see cref="AdamW"/>.
/// Reported: <c>loss</c> and its parts, <c>gradient_norm</c>.
/// </remarks>
public static class BaseTokenizerStep
{
    /// <summary>Describes the step.</summary>
    /// <param name="architecture">What is trained.</param>
    /// <param name="imageSize">Edge of the square images in pixels, a multiple of <see cref="BaseArchitecture.PixelsPerToken"/>.</param>
    /// <param name="weights">How much each part of the loss counts; null is the defaults.</param>
    /// <param name="optimizer">How weights follow the gradient; null is the defaults.</param>
    public static TrainingStep Describe(BaseArchitecture architecture, int imageSize, BaseLossWeights? weights = null, AdamWOptions? optimizer = null)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        var graph = new Graph("base-tokenizer-step");
        var image = graph.Input("image", ElementType.Float32, "batch", 3, imageSize, imageSize);
        var (_, losses) = BaseTokenizerLosses.Describe(architecture, image, weights ?? new());
        foreach (var (name, loss) in losses) graph.Output(name, loss);
        var update = AdamW.Apply(graph, losses[0].Loss, [.. graph.Parameters], optimizer);
        return new(graph.WithWeightsAsInputs(), update.State, [.. losses.Select(loss => loss.Name), AdamW.GradientNorm], update.GradientNames) { AveragesImages = true };
    }
}
