using Karl.Graphs;

namespace Karl.Networks.Internals;

/// <summary>A learned square of positions, brought to the grid of 2D tokens by nearest neighbours as PyTorch does it.</summary>
internal static class LearnedPositions
{
    /// <summary>Parameter <paramref name="name"/> <c>[width, square, square]</c> as rows <c>[1, grid * grid, width]</c>, row after row of the grid.</summary>
    public static Tensor Rows(Graph graph, string name, int width, int square, int grid)
    {
        var places = graph.Integers([.. Enumerable.Range(0, grid).Select(place => (long)place * square / grid)]);
        return graph.Parameter(name, width, square, square)
            .Gather(places, axis: 1)
            .Gather(places, axis: 2)                                        // [width, grid, grid]
            .Reshape(1, width, grid * grid)
            .Transpose(0, 2, 1);
    }
}
