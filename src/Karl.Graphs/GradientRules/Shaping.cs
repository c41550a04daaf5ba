using Karl.Graphs.Internals;

namespace Karl.Graphs.GradientRules;

internal static class ShapingGradients
{
    public static Dictionary<Operator, GradientRule> Rules { get; } = new()
    {
        [Operator.Reshape] = GradientRule.PerInput(InputShape),
        [Operator.Transpose] = GradientRule.PerInput(Transpose),
        [Operator.Expand] = GradientRule.PerInput((gradient, _) => gradient),
        [Operator.Squeeze] = GradientRule.PerInput(InputShape),
        [Operator.Unsqueeze] = GradientRule.PerInput(InputShape),
        [Operator.Tile] = GradientRule.PerInput(Tile),
        [Operator.Identity] = GradientRule.Elementwise((gradient, _) => gradient),
        [Operator.StraightThrough] = GradientRule.Elementwise((_, _) => null, (gradient, _) => gradient),
    };

    private static Tensor InputShape(Tensor gradient, GradientStep node) => gradient.Reshape([.. node[0].Shape]);

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
