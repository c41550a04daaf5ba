using Karl.Graphs.Internals;

namespace Karl.Graphs.GradientRules;

internal static class ShapingGradients
{
    public static Dictionary<Operator, GradientRule> Rules { get; } = new()
    {
        [Operator.Reshape] = GradientRule.Whole(InputShape),
        [Operator.Transpose] = GradientRule.PerInput(Transpose),
        [Operator.Expand] = GradientRule.PerInput((gradient, _) => gradient),
        [Operator.Squeeze] = GradientRule.Whole(InputShape),
        [Operator.Unsqueeze] = GradientRule.Whole(InputShape),
        [Operator.Tile] = GradientRule.PerInput(Tile),
        [Operator.Identity] = GradientRule.Elementwise((gradient, _) => gradient),
        [Operator.StraightThrough] = GradientRule.Elementwise((_, _) => null, (gradient, _) => gradient),
    };

    /// <summary>
    /// The gradient in the input's shape. Where axes are taken apart or joined, it stays short if it is the same along all of them: otherwise the gradient of a mean that is
    /// taken in steps would be written out in full.
    /// </summary>
    private static List<Tensor?> InputShape(GradientStep node)
    {
        if (!node.Wants(0)) return [null];
        var (gradient, input, output) = (node.UnstretchedGradient, node[0].Shape, node.Output.Shape);
        var (stretched, lengths) = (gradient.Shape.ToArray(), new List<Dimension>());
        foreach (var (before, after) in ReshapedAxes.Of(input, output))
        {
            var isShort = after.All(axis => gradient.Shape[axis] == 1);
            lengths.AddRange(before.Select(axis => isShort ? 1 : input[axis]));
            if (!isShort) foreach (var axis in after) stretched[axis] = output[axis];
        }
        return [gradient.Stretched(new Shape(stretched)).Reshape([.. lengths])];
    }

    private static Tensor Transpose(Tensor gradient, GradientStep node)
    {
        var rank = gradient.Rank;
        var order = node.Attributes.Integers("perm", [.. Enumerable.Range(0, rank).Reverse().Select(axis => (long)axis)]);
        return gradient.Reordered([.. Enumerable.Range(0, rank).Select(axis => order.ToList().IndexOf(axis))]);
    }

    /// <summary>The sum over all repetitions: each axis taken apart into repetitions and places.</summary>
    private static Tensor Tile(Tensor gradient, GradientStep node)
    {
        var repeats = node[1].Lengths!;
        var apart = node[0].Shape.SelectMany((length, axis) => new[] { repeats[axis], length }).ToArray();
        return gradient.Reshape(apart).ReduceSum([.. Enumerable.Range(0, repeats.Count).Select(axis => 2 * axis)]);
    }
}
