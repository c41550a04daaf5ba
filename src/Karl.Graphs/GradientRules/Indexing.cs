using Karl.Graphs.Internals;

namespace Karl.Graphs.GradientRules;

internal static class IndexingGradients
{
    public static Dictionary<Operator, GradientRule> Rules { get; } = new()
    {
        [Operator.Gather] = GradientRule.PerInput(Gather),
        [Operator.GatherElements] = GradientRule.PerInput((gradient, node) => node[0].Zeros(node[0].Shape).ScatterAdd(node[1], gradient, node.Axis("axis", 0, node[0].Rank))),
        [Operator.ScatterElements] = GradientRule.PerInput(
            (gradient, _) => gradient,
            (_, _) => null,
            (gradient, node) => gradient.GatherElements(node[1], node.Axis("axis", 0, node[0].Rank))),
    };

    /// <summary>Each slice is added to the row of the table that it was taken from.</summary>
    private static Tensor Gather(Tensor gradient, GradientStep node)
    {
        var (table, indices) = (node[0], node[1]);
        var axis = node.Axis("axis", 0, table.Rank);
        var slices = table.Shape.With(axis, indices.Shape.ElementCount);
        var places = indices.Reshape([.. slices.Select((_, other) => other == axis ? (Dimension)(-1) : 1)]).Expand([.. slices]);
        return table.Zeros(table.Shape).ScatterAdd(places, gradient.Reshape([.. slices]), axis);
    }
}
