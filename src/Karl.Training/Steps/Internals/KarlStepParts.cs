using Karl.Graphs;
using Karl.Training.Optimizers;

namespace Karl.Training.Steps.Internals;

/// <summary>What a step is made of, for those who want to see more of it.</summary>
/// <param name="Graph">The graph, before weights become inputs.</param>
/// <param name="Passes">Both passes.</param>
/// <param name="Targets">What the base tokenizer says.</param>
/// <param name="Trained">The weights that change.</param>
/// <param name="Update">The optimizer.</param>
internal sealed record KarlStepParts(Graph Graph, KarlPasses Passes, BaseTargets Targets, IReadOnlyList<Tensor> Trained, AdamWUpdate Update);
