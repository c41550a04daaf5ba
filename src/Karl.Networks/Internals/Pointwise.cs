using Karl.Graphs;

namespace Karl.Networks.Internals;

/// <summary>Linear layers that were trained as 1 x 1 convolutions.</summary>
internal static class Pointwise
{
    /// <summary>A linear layer with weights <c>name.weight</c> <c>[outputs, inputs, 1, 1]</c> and <c>name.bias</c>, on <c>[batch, tokens, inputs]</c>.</summary>
    public static Tensor PointwiseProjected(this Tensor tokens, string name, Dimension outputs)
    {
        var graph = tokens.Graph;
        var inputs = tokens.Shape[-1];
        return tokens.Linear(graph.Parameter(name + ".weight", outputs, inputs, 1, 1).Reshape(outputs, inputs), graph.Parameter(name + ".bias", outputs));
    }
}
