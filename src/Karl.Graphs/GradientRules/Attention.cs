using Karl.Graphs.Internals;

namespace Karl.Graphs.GradientRules;

internal static class AttentionGradients
{
    public static Dictionary<Operator, GradientRule> Rules { get; } = new()
    {
        [Operator.Attention] = GradientRule.Whole(Attention),
    };

    /// <summary>
    /// The fused node keeps no probabilities, so they are computed again. What the softmax takes away is the same for a whole row of
    /// probabilities, the product of result and gradient (as in FlashAttention), and is taken away within the product of gradient and
    /// values, by one column more: all else over [tokens, others] is a walk through memory.
    /// </summary>
    private static Tensor?[] Attention(GradientStep node)
    {
        var headCount = node.Attributes.Integer("num_heads", 1);
        var (query, key, value) = (Heads(node[0], headCount), Heads(node[1], headCount), Heads(node[2], headCount));
        var scale = node.Attributes.Number("scale", 1 / MathF.Sqrt(query.Shape[-1].Value));
        query *= scale;
        var probabilities = query.MatMul(key.Swapped()).Softmax();                                              // [batch, heads, tokens, others]
        var gradient = Heads(node.Gradient, headCount);
        var valueGradient = node.Wants(2) ? Joined(probabilities.Swapped().MatMul(gradient)) : null;
        if (!node.Wants(0) && !node.Wants(1)) return [null, null, valueGradient];
        var rows = (gradient * Heads(node.Output, headCount)).ReduceSum([-1], keepDimensions: true);            // [batch, heads, tokens, 1]
        var ones = value.Like(1).Expand([.. value.Shape.With(-1, 1)]);
        var scores = probabilities * Tensor.Concat(3, gradient, -rows).MatMul(Tensor.Concat(3, value, ones).Swapped());
        return
        [
            node.Wants(0) ? Joined(scores.MatMul(key) * scale) : null,
            node.Wants(1) ? Joined(scores.Swapped().MatMul(query)) : null,
            valueGradient,
        ];
    }

    /// <summary><c>[batch, tokens, width]</c> to <c>[batch, heads, tokens, width / heads]</c>.</summary>
    private static Tensor Heads(Tensor tokens, long headCount) =>
        tokens.Reshape(tokens.Shape[0], tokens.Shape[1], headCount, tokens.Shape[2].Value / headCount).Transpose(0, 2, 1, 3);

    private static Tensor Joined(Tensor heads) =>
        heads.Transpose(0, 2, 1, 3).Reshape(heads.Shape[0], heads.Shape[2], heads.Shape[1] * heads.Shape[3]);
}
