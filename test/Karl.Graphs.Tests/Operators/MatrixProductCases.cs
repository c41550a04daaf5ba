namespace Karl.Graphs.Tests.Operators;

internal static class MatrixProductCases
{
    public static OperatorCase[] All { get; } =
    [
        new(Operator.MatMul, "matrices", b => b.X(2, 3).MatMul(b.X(3, 4)), x => SlowNetworks.MatMul(x[0], x[1])),
        new(Operator.MatMul, "stacks stretch", b => b.X(2, 1, 3, 4).MatMul(b.X(5, 4, 2)), x => SlowNetworks.MatMul(x[0], x[1])),
        new(Operator.MatMul, "size one", b => b.X(1, 1).MatMul(b.X(1, 1)), x => SlowNetworks.MatMul(x[0], x[1])),
        new(Operator.MatMul, "linear with bias", b => b.X(2, 5, 3).Linear(b.X(4, 3), b.X(4)), x => Slow.Zip(SlowNetworks.MatMul(x[0], x[1].Transpose(1, 0)), x[2], (l, r) => l + r)),
        new(Operator.MatMul, "linear without bias", b => b.X(2, 3).Linear(b.X(4, 3)), x => SlowNetworks.MatMul(x[0], x[1].Transpose(1, 0))),
        new(Operator.Gemm, "plain", b => b.X(2, 3).Gemm(b.X(3, 4)), x => SlowNetworks.MatMul(x[0], x[1])),
        new(Operator.Gemm, "transposed, scaled, bias row", b => b.X(3, 2).Gemm(b.X(4, 3), b.X(4), true, true, 0.5f, 2), x => Slow.Zip(SlowNetworks.MatMul(x[0].Transpose(1, 0), x[1].Transpose(1, 0)), x[2], (l, r) => l / 2 + r * 2)),
        new(Operator.Gemm, "single bias", b => b.X(2, 3).Gemm(b.X(3, 4), b.X()), x => Slow.Zip(SlowNetworks.MatMul(x[0], x[1]), x[2], (l, r) => l + r)),
        new(Operator.Gemm, "bias column", b => b.X(2, 3).Gemm(b.X(3, 4), b.X(2, 1)), x => Slow.Zip(SlowNetworks.MatMul(x[0], x[1]), x[2], (l, r) => l + r)),
    ];
}
