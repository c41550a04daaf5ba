namespace Karl.Graphs.Tests.Gradients;

internal static class PoolingGradientCases
{
    public static GradientCase[] All { get; } =
    [
        new(Operator.AveragePool, "tiles", b => b.X(2, 2, 4, 6).AveragePool(2), ElementType.Float32),
        new(Operator.AveragePool, "tiles, symbolic batch", b => b.X(["batch", 2, 4, 4], 2, 2, 4, 4).AveragePool(4), ElementType.Float32),
        new(Operator.AveragePool, "overlapping", b => b.X(1, 2, 4, 5).AveragePool(3, 1), ElementType.Float32),
        new(Operator.AveragePool, "padded, a row unused", b => b.X(1, 1, 5, 6).AveragePool(2, 2, new Padding(1, 1, 1, 0)), ElementType.Float32),
        new(Operator.MaxPool, "tiles", b => b.Apart(1, 2, 4, 4).MaxPool(2), ElementType.Float32),
        new(Operator.MaxPool, "overlapping, padded", b => b.Apart(1, 1, 4, 5).MaxPool(3, 2, 1), ElementType.Float32),
        new(Operator.MaxPool, "overlapping, float64", b => b.Apart(1, 1, 4, 5).MaxPool(2, 1)),
        new(Operator.Resize, "twice", b => b.X(2, 2, 2, 3).ResizeNearest(2), ElementType.Float32),
        new(Operator.Resize, "one axis", b => b.Graph.Apply(Operator.Resize, [b.X(1, 2, 2, 3), null, b.Graph.Floats(1, 1, 1, 3)], new() { { "coordinate_transformation_mode", "asymmetric" }, { "mode", "nearest" }, { "nearest_mode", "floor" } })[0], ElementType.Float32),
        new(Operator.DepthToSpace, "block 2", b => b.X(2, 8, 2, 3).DepthToSpace(2)),
        new(Operator.DepthToSpace, "channels outside", b => b.Graph.Apply(Operator.DepthToSpace, [b.X(2, 8, 2, 3)], new() { { "blocksize", 2L }, { "mode", "CRD" } })[0]),
        new(Operator.SpaceToDepth, "block 2", b => b.X(2, 2, 4, 6).SpaceToDepth(2)),
    ];
}
