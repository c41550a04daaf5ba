using Karl.Graphs.Internals;

namespace Karl.Graphs;

public sealed partial class Tensor
{
    /// <summary>The slices at these places along an axis: <c>[rows, width]</c> at <c>[batch, tokens]</c> on axis 0 gives <c>[batch, tokens, width]</c>.</summary>
    public Tensor Gather(Tensor indices, int axis = 0) => Graph.Apply1(Operator.Gather, new() { { "axis", (long)axis } }, this, indices);

    /// <summary>For every element of <paramref name="indices"/>, the element at that place along the axis and at its own place on all others (PyTorch's <c>gather</c>).</summary>
    public Tensor GatherElements(Tensor indices, int axis) => Graph.Apply1(Operator.GatherElements, new() { { "axis", (long)axis } }, this, indices);

    /// <summary>
    /// This tensor with the elements of <paramref name="updates"/> added to it: each at the place along the axis that <paramref name="indices"/>, of the
    /// same shape, says, and at its own place on all others (PyTorch's <c>scatter_add</c>). Sums are taken in order, so they are the same at every run.
    /// </summary>
    public Tensor ScatterAdd(Tensor indices, Tensor updates, int axis) =>
        Graph.Apply1(Operator.ScatterElements, new() { { "axis", (long)axis }, { "reduction", "add" } }, this, indices, updates);

    /// <summary>Turns every index into a row of <paramref name="count"/> float32 numbers: one at its place, zeros elsewhere.</summary>
    public Tensor OneHot(long count) => Graph.Apply1(
        Operator.OneHot, new() { { "axis", -1L } }, this, Graph.Scalar(count, ElementType.Int64), Graph.Floats(0, 1));
}

internal static class IndexingRules
{
    public static TensorFacts[] Gather(NodeDraft node)
    {
        RequireIndices(node);
        var (shape, indices) = (node[0].Shape, node[1]);
        var axis = node.Axis(node.Attributes.Integer("axis", 0), shape.Rank);
        var result = new Shape([.. shape.Take(axis), .. indices.Shape, .. shape.Skip(axis + 1)]);
        return [new(node[0].Type, result, shape.Rank == 1 && indices.Rank <= 1 ? Lengths(node[0].Lengths, indices.Lengths) : null)];
    }

    public static TensorFacts[] GatherElements(NodeDraft node)
    {
        RequireIndices(node);
        node.RequireRank(1, node[0].Rank, "like the elements");
        node.Axis(node.Attributes.Integer("axis", 0), node[0].Rank);
        return [new(node[0].Type, node[1].Shape)];
    }

    public static TensorFacts[] ScatterElements(NodeDraft node)
    {
        RequireIndices(node);
        node.RequireSameType(0, 2);
        node.RequireRank(1, node[0].Rank, "like the elements");
        node.Require(node[1].Shape.Equals(node[2].Shape), "indices and updates must have one shape");
        node.Require(node.Attributes.Text("reduction", "none") == "add", "only adding is known");
        node.Axis(node.Attributes.Integer("axis", 0), node[0].Rank);
        return [new(node[0].Type, node[0].Shape)];
    }

    public static TensorFacts[] OneHot(NodeDraft node)
    {
        var rank = node[0].Rank + 1;
        node.Require(node[0].Rank > 0, "input 0 must have at least one axis");
        var axis = node.Axis(node.Attributes.Integer("axis", -1), rank);
        var count = node[1].Lengths ?? throw node.Error("the count must be known when the graph is built");
        node.Require(count.Count == 1, "one count is wanted");
        node.Require(node[2].Shape.Equals(new Shape(2)), "the two values, for elsewhere and for the place, must be [2]");
        return [new(node[2].Type, new Shape([.. node[0].Shape.Take(axis), count[0], .. node[0].Shape.Skip(axis)]))];
    }

    private static void RequireIndices(NodeDraft node) =>
        node.Require(node[1].Type is ElementType.Int64 or ElementType.Int32, "the indices must be int64 or int32");

    private static Dimension[]? Lengths(IReadOnlyList<Dimension>? values, IReadOnlyList<Dimension>? indices)
    {
        if (values is null || indices is null) return null;
        var places = indices.Select(index => index.IsFixed ? index.Value < 0 ? index.Value + values.Count : index.Value : -1).ToArray();
        return places.All(place => place >= 0 && place < values.Count) ? [.. places.Select(place => values[(int)place])] : null;
    }
}
