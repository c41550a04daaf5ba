using Karl.Graphs.Internals;

namespace Karl.Graphs;

public sealed partial class Tensor
{
    /// <summary>
    /// Multi-head attention without a mask: this is the query <c>[batch, tokens, width]</c>, <paramref name="key"/> and
    /// <paramref name="value"/> are <c>[batch, others, width]</c>; the result is <c>[batch, tokens, width]</c>.
    /// Each head takes its own consecutive part of the width.
    /// </summary>
    /// <param name="key">What the query is compared with.</param>
    /// <param name="value">What is mixed.</param>
    /// <param name="headCount">Into how many heads the width falls.</param>
    /// <param name="scale">What the products are multiplied with before the softmax; 1 / sqrt(width of a head) where not given.</param>
    /// <remarks>Without a mask ONNX Runtime takes its flash path on a CPU; with one it is slower than unfused nodes.</remarks>
    public Tensor Attention(Tensor key, Tensor value, int headCount, float? scale = null)
    {
        var attributes = new Attributes { { "num_heads", (long)headCount } };
        if (scale is { } factor) attributes.Add("scale", factor);
        return Graph.Apply1(Operator.Attention, attributes, this, key, value);
    }
}

internal static class AttentionRules
{
    public static TensorFacts[] Attention(NodeDraft node)
    {
        node.RequireSameType(0, 1, 2);
        for (var index = 0; index < 3; index++) node.RequireRank(index, 3, "[batch, tokens, width]");
        node.Require(node.InputCount == 3, "only query, key and value are known: no bias, mask or past");
        var (query, key, value) = (node[0].Shape, node[1].Shape, node[2].Shape);
        var heads = node.Attributes.Integer("num_heads", 0);
        node.Require(heads > 0 && query[2].IsFixed && query[2].Value % heads == 0, $"a width of {query[2]} does not fall into {heads} heads");
        node.Require(value[2].IsFixed && value[2].Value % heads == 0, $"a value width of {value[2]} does not fall into {heads} heads");
        node.Require(query[2] == key[2], $"query and key must have one width, found {query[2]} and {key[2]}");
        node.Require(query[0] == key[0] && key[0] == value[0], $"query, key and value must have one batch, found {query[0]}, {key[0]} and {value[0]}");
        node.Require(key[1] == value[1], $"key and value must have one length, found {key[1]} and {value[1]}");
        return [new(node[0].Type, new Shape(query[0], query[1], value[2]))];
    }
}
