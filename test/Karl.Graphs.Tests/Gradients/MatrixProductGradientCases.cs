namespace Karl.Graphs.Tests.Gradients;

internal static class MatrixProductGradientCases
{
    public static GradientCase[] All { get; } =
    [
        new(Operator.MatMul, "matrices", b => b.X(2, 3).MatMul(b.X(3, 4))),
        new(Operator.MatMul, "shared right", b => b.X(2, 3, 4).MatMul(b.X(4, 5))),
        new(Operator.MatMul, "shared left", b => b.X(2, 3).MatMul(b.X(2, 3, 4))),
        new(Operator.MatMul, "batches", b => b.X(2, 3, 4, 2).MatMul(b.X(2, 3, 2, 5))),
        new(Operator.MatMul, "batches that stretch", b => b.X(2, 1, 4, 2).MatMul(b.X(3, 2, 5))),
        new(Operator.MatMul, "inner length one", b => b.X(3, 1).MatMul(b.X(1, 4))),
        new(Operator.MatMul, "outer length one", b => b.X(1, 3).MatMul(b.X(3, 1))),
        new(Operator.MatMul, "one row in many batches", b => b.X(2, 1, 3).MatMul(b.X(3, 1))),
        new(Operator.MatMul, "linear layer, symbolic", b => b.X(["batch", "tokens", 4], 2, 3, 4).Linear(b.X(5, 4), b.X(5))),
        new(Operator.MatMul, "transposed batches", b => b.X(2, 3, 4).MatMul(b.X(2, 5, 4).Transpose(0, 2, 1))),
        new(Operator.MatMul, "transposed left", b => b.X(4, 3).Transpose(1, 0).MatMul(b.X(4, 5))),
        new(Operator.MatMul, "with itself", b => b.X(3, 3) is var x ? x.MatMul(x) : x),
        new(Operator.MatMul, "with itself transposed", b => b.X(3, 2) is var x ? x.MatMul(x.Transpose(1, 0)) : x),
        new(Operator.Gemm, "plain", b => b.X(2, 3).Gemm(b.X(3, 4), b.X(4))),
        new(Operator.Gemm, "left transposed, no bias", b => b.X(3, 2).Gemm(b.X(3, 4), transposeLeft: true, scale: 0.5f)),
        new(Operator.Gemm, "right transposed, column bias", b => b.X(2, 3).Gemm(b.X(4, 3), b.X(2, 1), transposeRight: true, biasScale: 2)),
        new(Operator.Gemm, "both transposed, single bias", b => b.X(3, 2).Gemm(b.X(4, 3), b.X(), transposeLeft: true, transposeRight: true, scale: 3)),
    ];
}
