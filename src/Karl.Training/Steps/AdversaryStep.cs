using Karl.Graphs;
using Karl.Training.Optimizers;

namespace Karl.Training.Steps;

/// <summary>A step of the network that learns to tell reconstructions from real images (hinge loss, arXiv 1705.02894).</summary>
/// <remarks>
/// Inputs beside the state: <c>real</c> and <c>found</c>, float32 <c>[batch, 3, size, size]</c>, 0 to 1, and those of <see cref="AdamW"/>. Outputs: the loss, and the mean scores of both.
/// One graph serves all buckets of <see cref="AdversarySchedule"/>, each with a state of its own.
/// </remarks>
public static class AdversaryStep
{
    /// <summary>Name of an input of the tokenizers' steps, a single float32 number: how much it counts to be taken for a real image.</summary>
    public const string AdversarialWeight = "adversarial_weight";

    /// <summary>Describes the step.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="imageSize">Height and width of an image in pixels.</param>
    /// <param name="options">Numbers of the optimizer; null is AdamW's without an average.</param>
    /// <exception cref="ArgumentException">The network cannot be built for such images.</exception>
    public static TrainingStep Describe(AdversaryArchitecture architecture, int imageSize, AdamWOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        architecture.Validate(imageSize);
        var graph = new Graph("adversary");
        var real = Score("real");
        var found = Score("found");
        var loss = graph.Output(TrainingStep.Loss, (Hinge(1 - real) + Hinge(1 + found)) * 0.5);
        graph.Output("real.score", real.ReduceMean());
        graph.Output("found.score", found.ReduceMean());
        var update = AdamW.Apply(graph, loss, [.. graph.Parameters], options ?? new() { AverageDecay = null });
        return new(graph.WithWeightsAsInputs(), update.State, [TrainingStep.Loss, "real.score", "found.score", AdamW.GradientNorm], update.GradientNames) { AveragesImages = true };

        Tensor Score(string name) => architecture.Score(graph.Input(name, ElementType.Float32, "batch", 3, imageSize, imageSize), (weight, shape) => graph.Parameter(weight, shape));

        static Tensor Hinge(Tensor missing) => missing.Relu().ReduceMean();
    }
}
