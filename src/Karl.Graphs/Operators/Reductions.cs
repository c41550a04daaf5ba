using Karl.Graphs.Internals;

namespace Karl.Graphs;

public sealed partial class Tensor
{
    /// <summary>The sum over axes (all where null); negative axes count from the end.</summary>
    public Tensor ReduceSum(int[]? axes = null, bool keepDimensions = false) => Reduce(Operator.ReduceSum, axes, keepDimensions);

    /// <summary>The sum of squares over axes (all where null); negative axes count from the end.</summary>
    public Tensor ReduceSumSquare(int[]? axes = null, bool keepDimensions = false) => Reduce(Operator.ReduceSumSquare, axes, keepDimensions);

    /// <summary>The mean over axes (all where null); negative axes count from the end.</summary>
    public Tensor ReduceMean(int[]? axes = null, bool keepDimensions = false) => Reduce(Operator.ReduceMean, axes, keepDimensions);

    /// <summary>The greatest element over axes (all where null); negative axes count from the end.</summary>
    public Tensor ReduceMax(int[]? axes = null, bool keepDimensions = false) => Reduce(Operator.ReduceMax, axes, keepDimensions);

    /// <summary>The least element over axes (all where null); negative axes count from the end.</summary>
    public Tensor ReduceMin(int[]? axes = null, bool keepDimensions = false) => Reduce(Operator.ReduceMin, axes, keepDimensions);

    /// <summary>Where along an axis the greatest element stands (int64), the first of equals.</summary>
    public Tensor ArgMax(int axis, bool keepDimensions = false) => Place(Operator.ArgMax, axis, keepDimensions);

    /// <summary>Where along an axis the least element stands (int64), the first of equals.</summary>
    public Tensor ArgMin(int axis, bool keepDimensions = false) => Place(Operator.ArgMin, axis, keepDimensions);

    /// <summary>The running sum along an axis, each element included (or, exclusively, only those before it).</summary>
    public Tensor CumSum(int axis, bool exclusive = false, bool reverse = false) => Graph.Apply1(
        Operator.CumSum,
        new() { { "exclusive", exclusive ? 1L : 0L }, { "reverse", reverse ? 1L : 0L } },
        this, Graph.Scalar(axis, ElementType.Int64));

    /// <summary>The greatest (or least) elements along an axis, in order, and where they stand (int64).</summary>
    public (Tensor Values, Tensor Indices) TopK(int count, int axis = -1, bool largest = true)
    {
        var results = Graph.Apply(
            Operator.TopK,
            [this, Graph.Integers(count)],
            new() { { "axis", (long)axis }, { "largest", largest ? 1L : 0L }, { "sorted", 1L } });
        return (results[0], results[1]);
    }

    private Tensor Reduce(Operator @operator, int[]? axes, bool keepDimensions)
    {
        axes ??= [.. Enumerable.Range(0, Rank)];
        return Graph.Apply1(
            @operator,
            new() { { "keepdims", keepDimensions ? 1L : 0L }, { "noop_with_empty_axes", 1L } },
            this, Graph.Integers([.. axes.Select(axis => (long)axis)]));
    }

    private Tensor Place(Operator @operator, int axis, bool keepDimensions) => Graph.Apply1(
        @operator, new() { { "axis", (long)axis }, { "keepdims", keepDimensions ? 1L : 0L } }, this);
}

internal static class ReductionRules
{
    public static TensorFacts[] Reduce(NodeDraft node)
    {
        node.Require(node[0].Type != ElementType.Boolean, "truth values have no arithmetic; cast them");
        var axes = node.Optional(1) is null ? [] : node.Numbers(1, "the axes");
        var all = axes.Length == 0 && node.Attributes.Integer("noop_with_empty_axes", 0) == 0;
        var reduced = (all ? Enumerable.Range(0, node[0].Rank) : axes.Select(axis => node.Axis(axis, node[0].Rank))).ToHashSet();
        return [new(node[0].Type, Without(node[0].Shape, reduced, Keeps(node)))];
    }

    public static TensorFacts[] Place(NodeDraft node) =>
        [new(ElementType.Int64, Without(node[0].Shape, [node.Axis(node.Attributes.Integer("axis", 0), node[0].Rank)], Keeps(node)))];

    public static TensorFacts[] CumSum(NodeDraft node)
    {
        var axis = node.Numbers(1, "the axis");
        node.Require(axis.Length == 1, "one axis is wanted");
        node.Axis(axis[0], node[0].Rank);
        return [new(node[0].Type, node[0].Shape)];
    }

    public static TensorFacts[] TopK(NodeDraft node)
    {
        var axis = node.Axis(node.Attributes.Integer("axis", -1), node[0].Rank);
        var count = node.Numbers(1, "the count");
        node.Require(count.Length == 1 && count[0] >= 0, "one count of at least zero is wanted");
        var length = node[0].Shape[axis];
        node.Require(!length.IsFixed || length.Value >= count[0], $"axis {axis} has {length} elements, fewer than the {count[0]} asked for");
        var shape = node[0].Shape.With(axis, count[0]);
        return [new(node[0].Type, shape), new(ElementType.Int64, shape)];
    }

    private static bool Keeps(NodeDraft node) => node.Attributes.Integer("keepdims", 1) != 0;

    private static Shape Without(Shape shape, HashSet<int> axes, bool keep) => keep
        ? new(shape.Select((length, axis) => axes.Contains(axis) ? 1 : length))
        : new(shape.Where((_, axis) => !axes.Contains(axis)));
}
