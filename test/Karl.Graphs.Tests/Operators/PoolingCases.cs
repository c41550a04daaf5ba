namespace Karl.Graphs.Tests.Operators;

internal static class PoolingCases
{
    public static OperatorCase[] All { get; } =
    [
        new(Operator.AveragePool, "halves", b => b.X(2, 3, 4, 6).AveragePool(2), x => SlowNetworks.Pool(x[0], 2, 2, 0, row => row.Average())),
        new(Operator.AveragePool, "padding is not counted", b => b.X(1, 2, 5, 5).AveragePool(3, 2, 1), x => SlowNetworks.Pool(x[0], 3, 2, 1, row => row.Average())),
        new(Operator.AveragePool, "size one", b => b.X(1, 1, 1, 1).AveragePool(1), x => x[0]),
        new(Operator.MaxPool, "halves, rest dropped", b => b.X(1, 2, 5, 5).MaxPool(2), x => SlowNetworks.Pool(x[0], 2, 2, 0, row => row.Max())),
        new(Operator.MaxPool, "overlapping, padded", b => b.X(1, 2, 5, 4).MaxPool(3, 1, 1), x => SlowNetworks.Pool(x[0], 3, 1, 1, row => row.Max())),
        new(Operator.Resize, "twice", b => b.X(2, 3, 2, 3).ResizeNearest(2), x => Slow.Make([2, 3, 4, 6], p => x[0][p[0], p[1], p[2] / 2, p[3] / 2])),
        new(Operator.Resize, "three times", b => b.X(1, 1, 1, 3).ResizeNearest(3), x => Slow.Make([1, 1, 3, 9], p => x[0][p[0], p[1], p[2] / 3, p[3] / 3])),
        new(Operator.DepthToSpace, "blocks outside", b => b.X(2, 8, 2, 3).DepthToSpace(2), x => Slow.Make([2, 2, 4, 6], p => x[0][p[0], ((p[2] % 2 * 2) + (p[3] % 2)) * 2 + p[1], p[2] / 2, p[3] / 2])),
        new(Operator.SpaceToDepth, "blocks outside", b => b.X(2, 2, 4, 6).SpaceToDepth(2), x => Slow.Make([2, 8, 2, 3], p => x[0][p[0], p[1] % 2, p[2] * 2 + p[1] / 4, p[3] * 2 + p[1] / 2 % 2])),
        new(Operator.SpaceToDepth, "undoes", b => b.X(1, 9, 2, 2).DepthToSpace(3).SpaceToDepth(3), x => x[0]),
    ];
}
