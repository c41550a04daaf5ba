using Karl.Graphs;
using Karl.Graphs.Onnx;

namespace Karl.Export.Explanation;

/// <summary>Makes a graph that shows where a decoder looks, out of the decoder itself: the same weights, other outputs.</summary>
/// <remarks>
/// Decoders compute attention in one fused node that keeps its probabilities to itself. Beside each such node its queries and keys are multiplied again, and the
/// pixels, which nobody asks for, are left out. All families' decoders end their sequence with the latent tokens, after the 2D tokens.
/// </remarks>
public static class AttentionGraph
{
    /// <summary>What the graph gives: float32 <c>[batch, 2D tokens, kept]</c>, how much of its attention each place of the grid pays to each kept token, 0 to 1, mean over heads and blocks.</summary>
    public const string Output = "attention";

    private const string Positions = "positions";

    /// <summary>Describes the graph; it takes what the decoder takes.</summary>
    /// <param name="decoder">The bundle's <c>decoder.onnx</c>, exact or of 8 bits; left unchanged while the result is in use.</param>
    /// <param name="imageTokens">2D tokens: rows times columns of the grid.</param>
    /// <returns>An ONNX file; null where the decoder has no attention of 2D tokens to kept ones.</returns>
    /// <exception cref="OnnxFormatException">The decoder has operators that are not ours, or is damaged.</exception>
    public static byte[]? Of(ReadOnlyMemory<byte> decoder, int imageTokens)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(imageTokens, 1);
        var graph = OnnxReader.Read(decoder).Graph;
        if (graph.Find(Positions) is not { Rank: 2 } positions) return null;
        var inputs = graph.Inputs.Select(input => input.Name).ToList();
        List<Tensor> blocks = [.. graph.Nodes.Where(node => node.Operator == Operator.Attention).ToList().Select(node => Probabilities(node, imageTokens, positions.Shape[1])).OfType<Tensor>()];
        if (blocks.Count == 0) return null;
        var sum = blocks.Aggregate((one, other) => one + other);
        graph.Output(Output, sum / blocks.Count);
        return OnnxWriter.ToBytes(graph.Subgraph(inputs, [Output], "decoder-attention"));
    }

    /// <summary>One block's attention of 2D tokens to kept ones, mean over its heads; null where the block has other tokens.</summary>
    private static Tensor? Probabilities(Node attention, int imageTokens, Dimension kept)
    {
        var (queries, keys) = (attention.Inputs[0]!, attention.Inputs[1]!);
        var before = keys.Shape[1] - kept - imageTokens;
        if (!before.IsFixed || before.Value < 0) return null;
        var heads = (int)attention.Attributes.Integer("num_heads", 1);
        var width = queries.Shape[2].Value / heads;
        var scale = attention.Attributes.Number("scale", 1 / MathF.Sqrt(width));

        // The last block asks for 2D tokens alone; the others for the whole sequence.
        if (queries.Shape[1] != imageTokens) queries = queries.Slice(1, before.Value, before.Value + imageTokens);
        var scores = Heads(queries).Transpose(0, 2, 1, 3).MatMul(Heads(keys).Transpose(0, 2, 3, 1)) * scale;   // [batch, heads, 2D tokens, sequence]
        return scores.Softmax(-1).Slice(3, before.Value + imageTokens).ReduceMean([1]);

        Tensor Heads(Tensor tokens) => tokens.Reshape(tokens.Shape[0], tokens.Shape[1], heads, width);
    }
}
