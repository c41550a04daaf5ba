using Karl.Graphs.Internals;

namespace Karl.Graphs;

public sealed partial class Graph
{
    /// <summary>
    /// How a number changes with tensors: adds the nodes that compute its gradient, under the scope <c>gradient</c>, and returns one tensor for each
    /// tensor asked for, of the same type and shape; zeros where nothing flows back.
    /// </summary>
    /// <param name="loss">A single floating-point number of this graph.</param>
    /// <param name="wanted">Floating-point tensors of this graph: inputs, weights, constants or results.</param>
    /// <remarks>Gradients are ordinary nodes, so they can have gradients themselves. How each operator passes one on: docs/gradients.md.</remarks>
    /// <exception cref="ArgumentException">The loss is not a single number, or a tensor is of another graph or not floating point.</exception>
    /// <exception cref="NotSupportedException">An operator in between has no gradient rule; it and its node are named.</exception>
    public IReadOnlyList<Tensor> Gradients(Tensor loss, params IReadOnlyList<Tensor> wanted)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(wanted);
        var place = $"gradients of '{loss.Name}'";
        Own(loss, place);
        if (loss.Shape.ElementCount != 1 || !loss.Type.IsFloating()) throw new ArgumentException($"Graph '{Name}': {place}: {loss} is not a single floating-point number; reduce it to one first.");
        foreach (var tensor in wanted)
        {
            Own(tensor, place);
            if (!tensor.Type.IsFloating()) throw new ArgumentException($"Graph '{Name}': {place}: {tensor} is not floating point, so it carries no gradient.");
        }
        using (Scope("gradient")) return new GradientWalk(this, loss, wanted).Run();
    }
}
