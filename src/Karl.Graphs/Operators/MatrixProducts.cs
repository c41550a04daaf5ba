using Karl.Graphs.Internals;

namespace Karl.Graphs;

public sealed partial class Tensor
{
    /// <summary>Matrix product over the last two axes, <c>[..., rows, inner] x [..., inner, columns]</c>; the axes before them broadcast.</summary>
    public Tensor MatMul(Tensor right) => With(Operator.MatMul, right);

    /// <summary>Multiplies by a weight in PyTorch's layout <c>[out, in]</c> and adds a bias <c>[out]</c>: <c>[..., in]</c> to <c>[..., out]</c>.</summary>
    public Tensor Linear(Tensor weight, Tensor? bias = null)
    {
        ArgumentNullException.ThrowIfNull(weight);
        var product = MatMul(weight.Transpose(1, 0));
        return bias is null ? product : product + bias;
    }

    /// <summary>One matrix product with an addition: <c>scale * A B + biasScale * C</c>, each of the two matrices transposed first where asked.</summary>
    public Tensor Gemm(Tensor right, Tensor? bias = null, bool transposeLeft = false, bool transposeRight = false, float scale = 1, float biasScale = 1) =>
        Graph.Apply1(
            Operator.Gemm,
            new() { { "alpha", scale }, { "beta", biasScale }, { "transA", transposeLeft ? 1L : 0L }, { "transB", transposeRight ? 1L : 0L } },
            bias is null ? [this, right] : [this, right, bias]);
}

internal static class MatrixProductRules
{
    public static TensorFacts[] MatMul(NodeDraft node)
    {
        node.RequireSameType(0, 1);
        return [new(node[0].Type, ProductShape(node, node[0].Shape, node[1].Shape))];
    }

    public static Shape ProductShape(NodeDraft node, Shape left, Shape right)
    {
        node.Require(left.Rank >= 2 && right.Rank >= 2, "both inputs must have at least 2 axes");
        node.Require(left[-1] == right[-2], $"the left has {left[-1]} columns and the right {right[-2]} rows; wanted the same");
        return new([.. node.Broadcast(new Shape(left.SkipLast(2)), new Shape(right.SkipLast(2))), left[-2], right[-1]]);
    }

    public static TensorFacts[] Gemm(NodeDraft node)
    {
        node.RequireRank(0, 2, "rows and columns");
        node.RequireRank(1, 2, "rows and columns");
        node.RequireSameType(0, 1);
        var (left, right) = (Turned(node, 0, "transA"), Turned(node, 1, "transB"));
        node.Require(left[1] == right[0], $"the left has {left[1]} columns and the right {right[0]} rows; wanted the same");
        var shape = new Shape(left[0], right[1]);
        if (node.Optional(2) is { } bias)
        {
            node.RequireSameType(0, 2);
            node.Require(node.Broadcast(shape, bias.Shape).Equals(shape), $"the bias must stretch to {shape}");
        }
        return [new(node[0].Type, shape)];
    }

    private static Shape Turned(NodeDraft node, int index, string setting) =>
        node.Attributes.Integer(setting, 0) == 0 ? node[index].Shape : new Shape(node[index].Shape[1], node[index].Shape[0]);
}
