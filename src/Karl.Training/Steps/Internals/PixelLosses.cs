using Karl.Graphs;

namespace Karl.Training.Steps.Internals;

/// <summary>The second stage's losses of a reconstruction: pixels and, where there are networks for it, the look.</summary>
/// <param name="builder">The step.</param>
/// <param name="options">How much each counts.</param>
/// <param name="perceptual">A network that says how different two images look; null goes without.</param>
/// <param name="adversary">The network that tells reconstructions from real images; null goes without.</param>
internal sealed class PixelLosses(StepBuilder builder, StepOptions options, Graph? perceptual, AdversaryArchitecture? adversary)
{
    private readonly Tensor? _adversarialWeight = adversary is null ? null : builder.Graph.Input(AdversaryStep.AdversarialWeight, ElementType.Float32);

    /// <summary>Adds the losses of a reconstruction.</summary>
    /// <param name="prefix">What the losses' names begin with.</param>
    /// <param name="found">The reconstruction, <c>[batch, 3, size, size]</c>.</param>
    /// <param name="wanted">The image.</param>
    /// <exception cref="ArgumentException">The perceptual network is another.</exception>
    public void Add(string prefix, Tensor found, Tensor wanted)
    {
        builder.Losses.Add(prefix + "pixels", TokenLosses.AbsoluteError(found, wanted), options.PixelWeight);
        if (options.SquaredPixelWeight > 0) builder.Losses.Add(prefix + "squared_pixels", TokenLosses.SquaredError(found, wanted), options.SquaredPixelWeight);
        if (perceptual is not null) builder.Losses.Add(prefix + "perceptual", Distance(perceptual, found, wanted), options.PerceptualWeight);
        if (adversary is null) return;
        var score = adversary.Score(found, (weight, shape) => builder.Graph.Input($"{prefix}adversary.{weight}", ElementType.Float32, shape));
        builder.Losses.Add(prefix + "adversarial", -score.ReduceMean(), _adversarialWeight!);
    }

    private static Tensor Distance(Graph network, Tensor found, Tensor wanted)
    {
        if (network.Inputs.Count != 2 || network.Outputs.Count != 1 || network.Parameters.Any(parameter => parameter.Data is null))
        {
            throw new ArgumentException(
                $"The perceptual network '{network.Name}' has the inputs {string.Join(", ", network.Inputs)} and the outputs {string.Join(", ", network.Outputs)}; wanted two images, float32 [batch, 3, height, width], and one distance, and all weights with their values.",
                nameof(network));
        }
        using (found.Graph.Scope("perceptual"))
        {
            var distance = found.Graph.Insert(network, new Dictionary<string, Tensor> { [network.Inputs[0].Name] = found, [network.Inputs[1].Name] = wanted }).Values.Single();
            return distance.ReduceMean();
        }
    }
}
