using Karl.Graphs.Internals;

namespace Karl.Graphs.GradientRules;

internal static class MatrixProductGradients
{
    public static Dictionary<Operator, GradientRule> Rules { get; } = new()
    {
        [Operator.MatMul] = GradientRule.PerInput((gradient, node) => gradient.MatMul(node[1].Swapped()), Right),
        [Operator.Gemm] = GradientRule.PerInput(GemmLeft, GemmRight, (gradient, node) => node.Attributes.Number("beta", 1) is var scale && scale == 1 ? gradient : gradient * scale),
    };

    /// <summary>
    /// Of a matrix that all batches share, one product over all their rows: far less than one for each batch and their sum.
    /// A weight that was transposed for the product gets its gradient in its own layout.
    /// </summary>
    private static Tensor Right(Tensor gradient, GradientStep node)
    {
        var (left, right) = (node[0], node[1]);
        if (right.Rank == 2)
        {
            left = left.Reshape(-1, left.Shape[-1]);
            gradient = gradient.Reshape(-1, gradient.Shape[-1]);
        }
        return right.IsSwap() ? gradient.Swapped().MatMul(left).Swapped() : left.Swapped().MatMul(gradient);
    }

    private static Tensor GemmLeft(Tensor gradient, GradientStep node) => Transposes(node, "transA")
        ? node[1].Gemm(gradient, null, Transposes(node, "transB"), true, Scale(node))
        : gradient.Gemm(node[1], null, false, !Transposes(node, "transB"), Scale(node));

    private static Tensor GemmRight(Tensor gradient, GradientStep node) => Transposes(node, "transB")
        ? gradient.Gemm(node[0], null, true, Transposes(node, "transA"), Scale(node))
        : node[0].Gemm(gradient, null, !Transposes(node, "transA"), false, Scale(node));

    private static bool Transposes(GradientStep node, string name) => node.Attributes.Integer(name, 0) != 0;

    private static float Scale(GradientStep node) => node.Attributes.Number("alpha", 1);
}
