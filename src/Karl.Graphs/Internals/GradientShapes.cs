namespace Karl.Graphs.Internals;

/// <summary>Bringing gradients into shape: sums, stretching, placing among zeros.</summary>
internal static class GradientShapes
{
    /// <summary>Zeros of this tensor's type.</summary>
    public static Tensor Zeros(this Tensor tensor, Shape shape) => tensor.Like(0).Expand([.. shape]);

    /// <summary>Undoes stretching: sums over axes in front that <paramref name="shape"/> does not have, and over those that are of length 1 in it.</summary>
    public static Tensor Fitted(this Tensor gradient, Shape shape)
    {
        var offset = gradient.Rank - shape.Rank;
        var summed = Enumerable.Range(0, gradient.Rank).Where(axis => axis < offset || (shape[axis - offset] == 1 && gradient.Shape[axis] != 1)).ToArray();
        if (summed.Length == 0) return gradient;
        var sum = gradient.Summed(summed);
        return sum.Rank == shape.Rank ? sum : sum.Reshape([.. shape.Select((length, axis) => length == 1 ? 1 : gradient.Shape[axis + offset])]);
    }

    /// <summary>The sum over axes. Over axes in front it is a product with a row of ones, which is four times as fast (docs/gradients.md).</summary>
    private static Tensor Summed(this Tensor tensor, int[] axes)
    {
        var (rows, rest) = (new Shape(tensor.Shape.Take(axes[^1] + 1)), new Shape(tensor.Shape.Skip(axes[^1] + 1)));
        var isInFront = Enumerable.Range(0, rows.Rank).All(axis => axes.Contains(axis) || rows[axis] == 1);
        if (!isInFront || rest.ElementCount == 1) return tensor.ReduceSum(axes);
        return tensor.Like(1).Expand(1, rows.ElementCount).MatMul(tensor.Reshape(rows.ElementCount, rest.ElementCount)).Reshape([.. rest]);
    }

    /// <summary>The gradient at its full length along every axis.</summary>
    public static Tensor Stretched(this Tensor gradient, Shape shape) => gradient.Shape.Equals(shape) ? gradient : gradient.Expand([.. shape]);

    /// <summary>Swaps the last two axes; where the tensor comes from such a swap, takes what was swapped.</summary>
    public static Tensor Swapped(this Tensor tensor)
    {
        int[] order = [.. Enumerable.Range(0, tensor.Rank - 2), tensor.Rank - 1, tensor.Rank - 2];
        return tensor.Reordered(order);
    }

    /// <summary>The axes in another order; where that undoes the node that the tensor comes from, takes that node's input.</summary>
    public static Tensor Reordered(this Tensor tensor, int[] order)
    {
        if (tensor.Producer is { Operator: Operator.Transpose } producer)
        {
            var before = producer.Attributes.Integers("perm", [.. Enumerable.Range(0, tensor.Rank).Reverse().Select(axis => (long)axis)]);
            if (order.Select((axis, index) => before[axis] == index).All(same => same)) return producer.Inputs[0]!;
        }
        return tensor.Transpose(order);
    }

    /// <summary>Whether a tensor is another one with the last two axes swapped.</summary>
    public static bool IsSwap(this Tensor tensor) =>
        tensor.Producer is { Operator: Operator.Transpose } producer && tensor.Rank >= 2 && tensor.Swapped() == producer.Inputs[0];

    /// <summary>Puts <paramref name="gap"/> zeros between the elements of an axis.</summary>
    public static Tensor Spaced(this Tensor tensor, int axis, long gap)
    {
        if (gap == 0) return tensor;
        var (before, after) = (new long[tensor.Rank + 1], new long[tensor.Rank + 1]);
        after[axis + 1] = gap;
        var shape = tensor.Shape.With(axis, tensor.Shape[axis] * (gap + 1));
        return tensor.Unsqueeze(axis + 1).Pad(before, after).Reshape([.. shape]).Slice(axis, 0, -gap);
    }

    /// <summary>Puts zeros before and after along each axis.</summary>
    public static Tensor Surrounded(this Tensor tensor, IReadOnlyList<Dimension> before, IReadOnlyList<Dimension> after)
    {
        var pads = before.Concat(after).Select(length => length.IsFixed ? length.Value : 0).ToArray();
        if (pads.Any(count => count != 0)) tensor = tensor.Pad(pads[..tensor.Rank], pads[tensor.Rank..]);
        for (var axis = 0; axis < tensor.Rank; axis++)
        {
            List<Tensor> parts = [tensor];
            if (!before[axis].IsFixed) parts.Insert(0, tensor.Zeros(tensor.Shape.With(axis, before[axis])));
            if (!after[axis].IsFixed) parts.Add(tensor.Zeros(tensor.Shape.With(axis, after[axis])));
            if (parts.Count > 1) tensor = Tensor.Concat(axis, [.. parts]);
        }
        return tensor;
    }

    /// <summary>A part of an axis whose ends are lengths.</summary>
    public static Tensor Part(this Tensor tensor, int axis, Dimension start, Dimension length)
    {
        if (length == tensor.Shape[axis]) return tensor;
        var graph = tensor.Graph;
        return graph.Apply1(Operator.Slice, null, tensor, graph.LengthOf(start), graph.LengthOf(start + length), graph.Integers(axis), graph.Integers(1));
    }
}
