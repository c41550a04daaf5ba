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

    /// <summary>
    /// Each slice is added to the row of the table that it was taken from: a product with a matrix that says who was taken from where, or, where the table
    /// has more rows than a row has numbers, one by one along the last axis (along others it is several times slower: docs/gradients.md).
    /// </summary>
    private static Tensor Gather(Tensor gradient, GradientStep node)
    {
        var (table, indices) = (node[0].Shape, node[1]);
        var axis = node.Axis("axis", 0, table.Rank);
        var (rows, count) = (table[axis], indices.Shape.ElementCount);
        var (before, after) = (new Shape(table.Take(axis)).ElementCount, new Shape(table.Skip(axis + 1)).ElementCount);
        var slices = gradient.Reshape(before, count, after);
        indices = indices.Reshape(1, count);
        var width = before * after;
        if (rows.IsFixed && width.IsFixed && rows.Value <= width.Value)
        {
            var counted = indices.Less(0).Where(indices + rows.Value, indices);
            var taken = node.Graph.Range(rows).Reshape(rows, 1).EqualTo(counted.Cast(ElementType.Int64)).Cast(gradient.Type);
            return taken.MatMul(slices).Reshape([.. table]);
        }
        return gradient.Zeros(new Shape(before, after, rows))
            .ScatterAdd(indices.Unsqueeze(0).Expand(before, after, count), slices.Transpose(0, 2, 1), 2)
            .Transpose(0, 2, 1)
            .Reshape([.. table]);
    }
}
