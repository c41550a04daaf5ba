namespace Karl.Graphs.Tests.Gradients;

internal static class NormalizationGradientCases
{
    public static GradientCase[] All { get; } =
    [
        new(Operator.LayerNormalization, "three axes, symbolic", b => b.X(["batch", "tokens", 5], 2, 3, 5).LayerNormalization(b.X(5), b.X(5))),
        new(Operator.LayerNormalization, "no bias", b => b.X(4, 6).LayerNormalization(b.X(6), null, 1e-3f)),
        new(Operator.LayerNormalization, "over two axes", b => b.Graph.Apply(Operator.LayerNormalization, [b.X(2, 2, 3), b.X(2, 3), b.X(2, 3)], new() { { "axis", 1L } })[0]),
        new(Operator.LayerNormalization, "far from zero", b => (b.X(3, 6) + 1000).LayerNormalization(b.X(6), b.X(6))),
        new(Operator.InstanceNormalization, "maps", b => b.X(2, 3, 2, 4).InstanceNormalization(b.X(3), b.X(3)), ElementType.Float32),
        new(Operator.InstanceNormalization, "rows, symbolic", b => b.X(["batch", 2, "places"], 2, 2, 5).InstanceNormalization(b.X(2), b.X(2)), ElementType.Float32),
        new(Operator.ReduceMean, "group normalization", b => b.X(2, 4, 2, 3).GroupNormalization(2, b.X(4), b.X(4))),
        new(Operator.ReduceMean, "group normalization, symbolic", b => b.X(["batch", 4, "height", "width"], 2, 4, 2, 3).GroupNormalization(2, b.X(4), b.X(4))),
        new(Operator.Sqrt, "unit vectors", b => b.X(3, 4).L2Normalize()),
        new(Operator.Sqrt, "unit vectors along the first axis", b => b.X(3, 4).L2Normalize(0)),
    ];
}
