using Karl.Graphs.Internals;

namespace Karl.Graphs;

public sealed partial class Tensor
{
    /// <summary>The same elements in the same order under another shape. One length may be -1: what is left over.</summary>
    public Tensor Reshape(params Dimension[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var wanted = ReshapeRules.Resolve(this, shape) ?? throw new ArgumentException(
            $"Reshape of '{Name}': {Shape} does not fall into [{string.Join(", ", (object[])shape)}]; wanted the same number of elements, with at most one -1.");
        var copied = wanted.Select((length, axis) => !length.IsFixed && axis < Rank && Shape[axis] == length ? 0 : length).ToArray();
        var inferred = Array.FindIndex(copied, length => !length.IsFixed);
        if (inferred >= 0) copied[inferred] = -1;
        return Graph.Apply1(Operator.Reshape, null, this, Graph.LengthsOf(copied));
    }

    /// <summary>The axes in another order: <c>Transpose(0, 2, 1)</c> swaps the last two of three. In reverse where none are given.</summary>
    public Tensor Transpose(params int[] permutation)
    {
        ArgumentNullException.ThrowIfNull(permutation);
        var order = permutation.Length > 0 || Rank == 0 ? permutation : [.. Enumerable.Range(0, Rank).Reverse()];
        return Graph.Apply1(Operator.Transpose, new() { { "perm", order.Select(axis => (long)axis).ToArray() } }, this);
    }

    /// <summary>Stretches axes of length 1 (and adds axes in front) up to a shape.</summary>
    public Tensor Expand(params Dimension[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var offset = shape.Length - Rank;
        var wanted = shape.Select((length, axis) => axis >= offset && Shape[axis - offset] == length ? 1 : length).ToArray();
        return Graph.Apply1(Operator.Expand, null, this, Graph.LengthsOf(wanted));
    }

    /// <summary>Repeats the tensor along each axis; one count per axis.</summary>
    public Tensor Tile(params long[] repeats) => Graph.Apply1(Operator.Tile, null, this, Graph.Integers(repeats));

    /// <summary>Drops axes of length 1; negative axes count from the end.</summary>
    public Tensor Squeeze(params int[] axes) => Graph.Apply1(Operator.Squeeze, null, this, Graph.Integers([.. axes.Select(axis => (long)axis)]));

    /// <summary>Puts in axes of length 1, at these places of the result; negative axes count from its end.</summary>
    public Tensor Unsqueeze(params int[] axes) => Graph.Apply1(Operator.Unsqueeze, null, this, Graph.Integers([.. axes.Select(axis => (long)axis)]));

    /// <summary>The tensor's own shape as int64 <c>[rank]</c>.</summary>
    public Tensor ShapeOf() => Alone(Operator.ShapeOf);

    /// <summary>The tensor itself, as a node of its own.</summary>
    public Tensor Identity() => Alone(Operator.Identity);

    /// <summary>The tensor itself, through which no gradient flows back.</summary>
    public Tensor StopGradient() => Alone(Operator.StopGradient);

    /// <summary>
    /// The elements of <paramref name="forward"/>, while the gradient goes to <paramref name="backward"/>, of the same type and shape, as if
    /// it had been taken: for quantization, whose own gradient is zero nearly everywhere. In files only the first is left.
    /// </summary>
    public static Tensor StraightThrough(Tensor forward, Tensor backward)
    {
        ArgumentNullException.ThrowIfNull(forward);
        return forward.With(Operator.StraightThrough, backward);
    }
}

internal static class ReshapeRules
{
    public static TensorFacts[] Reshape(NodeDraft node)
    {
        var lengths = node[1].Lengths ?? throw node.Error("the wanted shape must be known when the graph is built");
        var keepsZero = node.Attributes.Integer("allowzero", 0) != 0;
        var wanted = lengths.Select((length, axis) => length == 0 && !keepsZero && axis < node[0].Rank ? node[0].Shape[axis] : length).ToArray();
        var shape = Resolve(node[0], wanted) ?? throw node.Error($"the elements do not fall into [{string.Join(", ", (object[])wanted)}]");
        return [new(node[0].Type, shape, shape.Rank <= 1 ? node[0].Lengths : null)];
    }

    /// <summary>Puts what is left over in the place of -1; null where the elements do not fall into the shape.</summary>
    public static Shape? Resolve(Tensor tensor, IReadOnlyList<Dimension> wanted)
    {
        var open = wanted.Count(length => length == -1);
        if (open > 1 || wanted.Any(length => length.IsFixed && length.Value < -1)) return null;
        var known = new Shape(wanted.Where(length => length != -1)).ElementCount;
        if (open == 0) return known == tensor.Shape.ElementCount ? new Shape(wanted) : null;
        return tensor.Shape.ElementCount.DivideExactly(known) is { } rest
            ? new Shape(wanted.Select(length => length == -1 ? rest : length))
            : null;
    }

    public static TensorFacts[] Transpose(NodeDraft node)
    {
        var shape = node[0].Shape;
        var order = node.Attributes.Integers("perm", [.. Enumerable.Range(0, shape.Rank).Reverse().Select(axis => (long)axis)]);
        node.Require(order.Order().SequenceEqual(Enumerable.Range(0, shape.Rank).Select(axis => (long)axis)), $"[{string.Join(", ", order)}] is not an order of {shape.Rank} axes");
        return [new(node[0].Type, new Shape(order.Select(axis => shape[(int)axis])))];
    }

    public static TensorFacts[] Expand(NodeDraft node)
    {
        var lengths = node[1].Lengths ?? throw node.Error("the wanted shape must be known when the graph is built");
        return [new(node[0].Type, node.Broadcast(node[0].Shape, new Shape(lengths)))];
    }

    public static TensorFacts[] Tile(NodeDraft node)
    {
        var repeats = node[1].Lengths ?? throw node.Error("the counts must be known when the graph is built");
        node.Require(repeats.Count == node[0].Rank, $"wanted one count for each of {node[0].Rank} axes, found {repeats.Count}");
        node.Require(repeats.All(count => !count.IsFixed || count.Value >= 0), $"the counts {string.Join(", ", repeats)} must not be negative");
        return [new(node[0].Type, new Shape(node[0].Shape.Zip(repeats, (length, count) => length * count)))];
    }

    public static TensorFacts[] Squeeze(NodeDraft node)
    {
        var shape = node[0].Shape;
        var axes = node.Optional(1) is null
            ? [.. Enumerable.Range(0, shape.Rank).Where(axis => shape[axis] == 1)]
            : node.Numbers(1, "the axes").Select(axis => node.Axis(axis, shape.Rank)).ToHashSet();
        foreach (var axis in axes) node.Require(shape[axis] == 1, $"axis {axis} has length {shape[axis]}; only axes of length 1 can go");
        return [new(node[0].Type, new Shape(shape.Where((_, axis) => !axes.Contains(axis))), node[0].Lengths)];
    }

    public static TensorFacts[] Unsqueeze(NodeDraft node)
    {
        var added = node.Numbers(1, "the axes");
        var rank = node[0].Rank + added.Length;
        var axes = added.Select(axis => node.Axis(axis, rank)).ToHashSet();
        node.Require(axes.Count == added.Length, "an axis is named twice");
        using var rest = node[0].Shape.GetEnumerator();
        var shape = new Shape(Enumerable.Range(0, rank).Select(axis => axes.Contains(axis) || !rest.MoveNext() ? 1 : rest.Current));
        return [new(node[0].Type, shape, rank <= 1 ? node[0].Lengths : null)];
    }

    public static TensorFacts[] ShapeOf(NodeDraft node) =>
        [new(ElementType.Int64, new Shape(node[0].Rank), [.. node[0].Shape])];

    public static TensorFacts[] Same(NodeDraft node) => [new(node[0].Type, node[0].Shape, node[0].Lengths)];

    public static TensorFacts[] StraightThrough(NodeDraft node)
    {
        node.RequireSameType(0, 1);
        node.Require(node[0].Shape.Equals(node[1].Shape), "both inputs must have one shape");
        return Same(node);
    }

    public static TensorFacts[] Range(NodeDraft node)
    {
        node.RequireSameType(0, 1, 2);
        for (var index = 0; index < 3; index++) node.RequireRank(index, 0, "a single number");
        if (node[0].Lengths is [var start] && node[1].Lengths is [var limit] && node[2].Lengths is [{ IsFixed: true, Value: > 0 } step])
        {
            var count = (limit - start + (step.Value - 1)).FloorDivide(step.Value);
            return [new(node[0].Type, new Shape(count is { IsFixed: true, Value: < 0 } ? 0 : count))];
        }
        throw node.Error("start, limit and step must be lengths that the graph knows, with a step above zero");
    }
}
