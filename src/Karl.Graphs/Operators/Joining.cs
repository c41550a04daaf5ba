using Karl.Graphs.Internals;

namespace Karl.Graphs;

public sealed partial class Tensor
{
    /// <summary>Several tensors one after another along an axis; negative axes count from the end.</summary>
    public static Tensor Concat(int axis, params Tensor[] tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        if (tensors.Length == 0) throw new ArgumentException("Concat needs at least one tensor.");
        return tensors[0].Graph.Apply1(Operator.Concat, new() { { "axis", (long)axis } }, tensors);
    }

    /// <summary>The parts of these lengths along an axis; negative axes count from the end.</summary>
    public Tensor[] Split(int axis, params long[] lengths) =>
        [.. Graph.Apply(Operator.Split, [this, Graph.Integers(lengths)], new() { { "axis", (long)axis } })];

    /// <summary>
    /// Elements <paramref name="start"/> up to but without <paramref name="end"/> (the rest where null) along an axis.
    /// Negative places count from the end of the axis; of a symbolic length the places are taken to lie within it.
    /// </summary>
    public Tensor Slice(int axis, long start, long? end = null, long step = 1) => Graph.Apply1(
        Operator.Slice, null, this, Graph.Integers(start), Graph.Integers(end ?? (step > 0 ? long.MaxValue : long.MinValue)), Graph.Integers(axis), Graph.Integers(step));

    /// <summary>
    /// The first elements along an axis, as many as an int64 <c>[1]</c> tensor says when the graph runs: an input
    /// (whose name is then the new length's) or a length (<see cref="Graph.LengthOf"/>). More than there are gives all, against the declared shape.
    /// </summary>
    public Tensor First(int axis, Tensor count) => Graph.Apply1(
        Operator.Slice, null, this, Graph.Integers(0), count, Graph.Integers(axis), Graph.Integers(1));

    /// <summary>Puts elements of one value before and after; one count per axis.</summary>
    public Tensor Pad(long[] before, long[] after, double value = 0) =>
        Graph.Apply1(Operator.Pad, new() { { "mode", "constant" } }, this, Graph.Integers([.. before, .. after]), Like(value));
}

internal static class JoiningRules
{
    public static TensorFacts[] Concat(NodeDraft node)
    {
        var first = node[0].Shape;
        var axis = node.Axis(node.Attributes.Integer("axis", 0), first.Rank);
        var length = first[axis];
        for (var index = 1; index < node.InputCount; index++)
        {
            node.RequireSameType(0, index);
            node.RequireRank(index, first.Rank, "like the first");
            node.Require(IsSameBut(axis, first, node[index].Shape), $"input {index} differs from the first on another axis than {axis}");
            length += node[index].Shape[axis];
        }
        var inputs = Enumerable.Range(0, node.InputCount).Select(index => node[index].Lengths).ToArray();
        var known = first.Rank == 1 && inputs.All(lengths => lengths is not null) && inputs.Sum(lengths => lengths!.Count) <= ConstantContent.MostLengths;
        return [new(node[0].Type, first.With(axis, length), known ? [.. inputs.SelectMany(lengths => lengths!)] : null)];
    }

    public static TensorFacts[] Split(NodeDraft node)
    {
        var (type, shape) = (node[0].Type, node[0].Shape);
        var axis = node.Axis(node.Attributes.Integer("axis", 0), shape.Rank);
        var lengths = node.Optional(1) is not null ? node.Numbers(1, "the lengths") : Equal(node, shape[axis]);
        node.Require(lengths.Length > 0 && lengths.All(length => length >= 0) && shape[axis] == lengths.Sum(), $"the lengths {string.Join(" + ", lengths)} do not add up to {shape[axis]}, the length of axis {axis}");
        return [.. lengths.Select(length => new TensorFacts(type, shape.With(axis, length)))];
    }

    public static TensorFacts[] Slice(NodeDraft node)
    {
        var shape = node[0].Shape;
        var starts = node[1].Lengths ?? throw node.Error("the starts must be known when the graph is built");
        var ends = node[2].Lengths ?? throw node.Error("the ends must be known when the graph is built, or be an input of one element");
        var axes = node.Optional(3) is null ? [.. Enumerable.Range(0, starts.Count).Select(axis => (long)axis)] : node.Numbers(3, "the axes");
        var steps = node.Optional(4) is null ? [.. Enumerable.Repeat(1L, starts.Count)] : node.Numbers(4, "the steps");
        node.Require(ends.Count == starts.Count && axes.Length == starts.Count && steps.Length == starts.Count, "starts, ends, axes and steps must be equally many");
        var lengths = node[0].Lengths;
        for (var index = 0; index < axes.Length; index++)
        {
            var axis = node.Axis(axes[index], shape.Rank);
            var cut = new AxisCut(node, shape[axis], starts[index], ends[index], steps[index]);
            shape = shape.With(axis, cut.Length);
            lengths = shape.Rank == 1 && lengths is not null ? cut.Take(lengths) : null;
        }
        return [new(node[0].Type, shape, lengths)];
    }

    public static TensorFacts[] Pad(NodeDraft node)
    {
        var shape = node[0].Shape;
        var pads = node.Numbers(1, "the counts");
        node.Require(pads.Length == 2 * shape.Rank, $"wanted a count before and after for each of {shape.Rank} axes, found {pads.Length} counts");
        node.Require(node.Attributes.Text("mode", "constant") == "constant", "only padding with a constant is known");
        node.Require(node.Optional(3) is null, "padding of chosen axes only is not known; give a count for every axis");
        return [new(node[0].Type, new Shape(shape.Select((length, axis) => length + (pads[axis] + pads[axis + shape.Rank]))))];
    }

    private static bool IsSameBut(int axis, Shape first, Shape other)
    {
        for (var index = 0; index < first.Rank; index++)
        {
            if (index != axis && first[index] != other[index]) return false;
        }
        return true;
    }

    private static long[] Equal(NodeDraft node, Dimension length)
    {
        var count = node.Attributes.Integer("num_outputs", 0);
        node.Require(count is > 0 and <= 1024 && length.IsFixed && length.Value % count == 0, $"a length of {length} does not fall into {count} equal parts");
        return [.. Enumerable.Repeat(length.Value / count, (int)count)];
    }
}
