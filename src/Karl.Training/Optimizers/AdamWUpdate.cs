using Karl.Graphs;
using Karl.Training.Steps;

namespace Karl.Training.Optimizers;

/// <summary>What an optimizer added to a graph.</summary>
/// <param name="State">Weights, moments and averages: inputs under their names (weights until <see cref="Graph.WithWeightsAsInputs()"/>: parameters) and outputs under <see cref="TrainingStep.NextPrefix"/>.</param>
/// <param name="Gradients">The gradient of each weight before it is clipped, in the order that the weights were given.</param>
/// <param name="GradientNorm">The length of all gradients together before they are clipped, a single number; output <see cref="AdamW.GradientNorm"/>.</param>
/// <param name="Clipping">What gradients are multiplied with, 1 at most, a single number; null where none are clipped.</param>
public sealed record AdamWUpdate(IReadOnlyList<StateTensor> State, IReadOnlyList<Tensor> Gradients, Tensor GradientNorm, Tensor? Clipping)
{
    /// <summary>The names of <see cref="Gradients"/>: <see cref="AdamW.GradientPrefix"/> and the weight's.</summary>
    public IReadOnlyList<string> GradientNames => [.. Gradients.Select(gradient => gradient.Name)];
}
