namespace Karl.Graphs.Tests.Operators;

internal static class NormalizationCases
{
    public static OperatorCase[] All { get; } =
    [
        new(Operator.LayerNormalization, "tokens", b => b.X(2, 3, 8).LayerNormalization(b.X(8), b.X(8)), x => Scaled(x[0].Rows(2, row => SlowNetworks.Normalize(row, 1e-5)), x[1], x[2])),
        new(Operator.LayerNormalization, "without bias, epsilon", b => b.X(3, 8).LayerNormalization(b.X(8), null, 0.1f), x => Scaled(x[0].Rows(1, row => SlowNetworks.Normalize(row, 0.1)), x[1], 0)),
        new(Operator.LayerNormalization, "row", b => b.X(8).LayerNormalization(b.X(8), b.X(8)), x => Scaled(x[0].Rows(0, row => SlowNetworks.Normalize(row, 1e-5)), x[1], x[2])),
        new(Operator.InstanceNormalization, "images", b => b.X(2, 3, 4, 4).InstanceNormalization(b.X(3), b.X(3)), x => Scaled(x[0].Reshape(2, 3, 16).Rows(2, row => SlowNetworks.Normalize(row, 1e-5)).Reshape(2, 3, 4, 4), x[1].Reshape(3, 1, 1), x[2].Reshape(3, 1, 1))),
        new(Operator.ReduceMean, "in groups", b => b.X(2, 6, 2, 2).GroupNormalization(3, b.X(6), b.X(6)), x => Scaled(x[0].Reshape(2, 3, 8).Rows(2, row => SlowNetworks.Normalize(row, 1e-6)).Reshape(2, 6, 2, 2), x[1].Reshape(6, 1, 1), x[2].Reshape(6, 1, 1))),
        new(Operator.ReduceMean, "in one group", b => b.X(1, 2, 3, 3).GroupNormalization(1, b.X(2), b.X(2), 1e-3f), x => Scaled(x[0].Reshape(1, 18).Rows(1, row => SlowNetworks.Normalize(row, 1e-3)).Reshape(1, 2, 3, 3), x[1].Reshape(2, 1, 1), x[2].Reshape(2, 1, 1))),
        new(Operator.Sqrt, "length of rows", b => b.X(3, 4).L2Normalize(), x => x[0].Rows(1, row => [.. row.Select(v => v / Math.Sqrt(row.Sum(w => w * w)))])),
        new(Operator.Max, "length of nothing", b => b.These(ElementType.Float32, [0, 0, 3, 4], 2, 2).L2Normalize(1), _ => new Slow([0, 0, 0.6, 0.8], 2, 2)),
    ];

    private static Slow Scaled(Slow values, Slow scale, Slow bias) =>
        Slow.Zip(Slow.Zip(values, scale, (l, r) => l * r), bias, (l, r) => l + r);
}
