using Karl.Graphs.Internals;

namespace Karl.Graphs.GradientRules;

internal static class ReductionGradients
{
    public static Dictionary<Operator, GradientRule> Rules { get; } = new()
    {
        [Operator.ReduceSum] = GradientRule.Whole(node => [Kept(node.UnstretchedGradient, node)]),
        [Operator.ReduceSumSquare] = GradientRule.Whole(node => [node[0] * (Kept(node.UnstretchedGradient, node) * 2)]),
        [Operator.ReduceMean] = GradientRule.Whole(node => [Mean(node.UnstretchedGradient, node)]),
        [Operator.ReduceMax] = GradientRule.PerInput(Extreme),
        [Operator.ReduceMin] = GradientRule.PerInput(Extreme),
        [Operator.CumSum] = GradientRule.PerInput((gradient, node) => node.Graph.Apply1(
            Operator.CumSum,
            new() { { "exclusive", node.Attributes.Integer("exclusive", 0) }, { "reverse", 1 - node.Attributes.Integer("reverse", 0) } },
            gradient, node[1])),
        [Operator.TopK] = GradientRule.PerInput((gradient, node) => node[0].Zeros(node[0].Shape).ScatterAdd(node.Outputs[1], gradient, node.Axis("axis", -1, node[0].Rank))),
    };

    private static Tensor Mean(Tensor gradient, GradientStep node)
    {
        var count = new Shape(node[0].Shape.Where((_, axis) => Axes(node).Contains(axis))).ElementCount;
        var short_ = Kept(gradient, node);
        return count.IsFixed ? short_ / count.Value : short_ / node.Graph.LengthOf(count).Cast(gradient.Type);
    }

    /// <summary>To the greatest (or least) element; where several are, each gets an equal part.</summary>
    private static Tensor Extreme(Tensor gradient, GradientStep node)
    {
        var chosen = node[0].EqualTo(Kept(node.Output, node)).Cast(gradient.Type);
        var axes = Axes(node);
        return chosen * (Kept(gradient, node) / (axes.Length == 0 ? chosen : chosen.ReduceSum(axes, keepDimensions: true)));
    }

    /// <summary>A result or its gradient with the reduced axes kept as 1.</summary>
    private static Tensor Kept(Tensor reduced, GradientStep node)
    {
        var axes = Axes(node);
        if (reduced.Rank == node[0].Rank) return reduced;
        var kept = new Queue<Dimension>(reduced.Shape);
        return reduced.Reshape([.. Enumerable.Range(0, node[0].Rank).Select(axis => axes.Contains(axis) ? 1 : kept.Dequeue())]);
    }

    private static int[] Axes(GradientStep node)
    {
        var rank = node[0].Rank;
        long[] axes = node.Inputs.Count > 1 && node.Inputs[1] is not null ? node.Draft.Numbers(1, "the axes") : [];
        return axes.Length == 0 && node.Attributes.Integer("noop_with_empty_axes", 0) == 0
            ? [.. Enumerable.Range(0, rank)]
            : [.. axes.Select(axis => node.Draft.Axis(axis, rank)).Order()];
    }
}
