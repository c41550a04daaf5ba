using Karl.Graphs;

namespace Karl.Networks.Internals;

/// <summary>Names by which people and tools find the tensors inside a network.</summary>
internal static class Labels
{
    /// <summary>Gives a tensor this very name, unless another has it: where a graph runs a network twice, the first run's tensors have the names.</summary>
    public static Tensor Labelled(this Tensor tensor, string name) => tensor.Graph.Find(name) is null ? tensor.Named(name) : tensor;
}
