using Karl.Graphs;

namespace Karl.Training.Steps;

/// <summary>
/// One step of training as a graph: a batch, a few numbers and the state go in, losses and the next state come out.
/// The state (weights, moments, averages) is an input under its name and an output under <see cref="NextPrefix"/> and its name.
/// </summary>
/// <param name="Graph">The whole step: forward, losses, gradients, clipping, optimizer, moving average.</param>
/// <param name="State">What is carried from step to step.</param>
/// <param name="Reported">Outputs that are single numbers, by the names that people read: losses, gradient norm.</param>
/// <param name="Gradients">Names in the graph of the weights' gradients before they are clipped: what lies between the losses and the update.</param>
public sealed record TrainingStep(Graph Graph, IReadOnlyList<StateTensor> State, IReadOnlyList<string> Reported, IReadOnlyList<string> Gradients)
{
    /// <summary>Whether every loss is a mean over images, so that the parts of a batch give the same gradients apart as together.</summary>
    public bool AveragesImages { get; init; }

    /// <summary>What stands before the name of a state tensor to make its output's name.</summary>
    public const string NextPrefix = "next.";

    /// <summary>Name of an output, a single number: what is made less.</summary>
    public const string Loss = "loss";

    /// <summary>Name of an input where <see cref="StepOptions.QuantizesGradually"/>, a single float32 number: 0 gives the decoder latents as they are, 1 their codes, in between a mean of both.</summary>
    public const string Quantization = "quantization";
}

/// <summary>A float32 tensor that is carried from step to step.</summary>
/// <param name="Name">Its name: that of the weight, with <see cref="FirstMoment"/> and the like before it for what belongs to a weight.</param>
/// <param name="Shape">Fixed lengths.</param>
public sealed record StateTensor(string Name, Shape Shape)
{
    /// <summary>Before the name of a weight: its running mean of gradients, of squared gradients, and its moving average.</summary>
    public const string FirstMoment = "first_moment.", SecondMoment = "second_moment.", Average = "average.";

    /// <summary>Whether it is a weight itself.</summary>
    internal bool IsWeight => !IsMoment && !Name.StartsWith(Average, StringComparison.Ordinal);

    /// <summary>Whether it is a running mean of gradients or of squared gradients.</summary>
    internal bool IsMoment => Name.StartsWith(FirstMoment, StringComparison.Ordinal) || Name.StartsWith(SecondMoment, StringComparison.Ordinal);
}
