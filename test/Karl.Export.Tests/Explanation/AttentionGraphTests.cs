using Karl.Export.Explanation;
using Karl.Graphs;
using Karl.Graphs.Onnx;
using Karl.Testing;
using Karl.Tokenizers.Bundles;

namespace Karl.Export.Tests.Explanation;

[TestClass]
public sealed class AttentionGraphTests
{
    private const int ImageTokens = 3, Width = 4, Heads = 2, Codes = 5;
    private static readonly long[] Kept = [4, 1];

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void Of_TwoBlocks_GivesTheMeanOfTheirProbabilities(int before)
    {
        var weights = new TinyWeights(3);
        var table = weights.Get("table", Codes, Width);
        var others = weights.Get("others", before + ImageTokens, Width);
        var graph = new Graph("decoder");
        var latents = graph.Parameter("table", TensorData.From(table, Codes, Width)).Gather(graph.Input("codes", ElementType.Int64, "batch", "kept"))
            + graph.Input("positions", ElementType.Int64, "batch", "kept").Cast(ElementType.Float32).Unsqueeze(-1);
        var first = Tensor.Concat(1, graph.Parameter("others", TensorData.From(others, 1, before + ImageTokens, Width)).Expand("batch", before + ImageTokens, Width), latents);
        var second = first.Attention(first, first, Heads);
        graph.Output("image", second.Slice(1, before, before + ImageTokens).Attention(second, second, Heads, 0.3f));

        var result = OnnxRun.Run(AttentionGraph.Of(OnnxWriter.ToBytes(graph), ImageTokens)!, new Dictionary<string, TensorData>
        {
            ["codes"] = TensorData.From(Kept, 1, 2),
            ["positions"] = TensorData.From(new long[] { 0, 1 }, 1, 2),
        });

        float[][] sequence = [.. others.Chunk(Width), .. Kept.Select((code, index) => table.AsSpan((int)code * Width, Width).ToArray().Select(value => value + index).ToArray())];
        var one = Probabilities(sequence, 1 / MathF.Sqrt((float)Width / Heads));
        var other = Probabilities(Mixed(sequence, one), 0.3f);
        float[] expected = [.. from row in Enumerable.Range(before, ImageTokens)
                               from column in Enumerable.Range(before + ImageTokens, Kept.Length)
                               select Enumerable.Range(0, Heads).Average(head => (one[head][row][column] + other[head][row][column]) / 2)];
        TensorAssert.AreClose(TensorData.From(expected, 1, ImageTokens, Kept.Length), result[AttentionGraph.Output], 1e-6);
    }

    [TestMethod]
    public void Of_AModelsDecoder_TakesTheSameInputsAndLeavesThePixelsOut()
    {
        var decoder = OnnxWriter.ToBytes(new TinyModel().DecoderGraph());
        var attention = AttentionGraph.Of(decoder, TinyModel.ImageTokens)!;
        var summary = OnnxSummary.Read(attention);
        CollectionAssert.AreEqual(new[] { "codes", "positions" }, summary.Inputs.Select(input => input.Name).ToArray());
        Assert.AreEqual("attention: float32 [batch, 16, kept]", summary.Outputs.Single().ToString());
        Assert.IsLessThan(decoder.Length, attention.Length);
    }

    [TestMethod]
    public void Of_ADecoderWithoutAttention_IsNull() =>
        Assert.IsNull(AttentionGraph.Of(OnnxWriter.ToBytes(new TinyOneDPiece().DecoderGraph()), TinyModel.ImageTokens));

    [TestMethod]
    public void Of_TheDefaultModel_EachPlaceLooksAtTokensAndPlacesAlone()
    {
        using var bundle = Tokenizers.IncludedModel.Default.Open();
        var attention = AttentionGraph.Of(bundle.ReadPart(Bundle.DecoderPart), bundle.Manifest.ImageTokens)!;
        var all = OnnxRun.Run(attention, new Dictionary<string, TensorData>
        {
            ["codes"] = TensorData.From(new long[] { 5, 700, 33 }, 1, 3),
            ["positions"] = TensorData.From(new long[] { 0, 3, 9 }, 1, 3),
        })[AttentionGraph.Output];
        CollectionAssert.AreEqual(new long[] { 1, 64, 3 }, all.Shape.ToArray());
        foreach (var row in all.AsSpan<float>().ToArray().Chunk(3))
        {
            Assert.IsTrue(row.All(share => share > 0));
            Assert.IsLessThan(1f, row.Sum());
        }
    }

    /// <summary>Softmax of scaled products, <c>[heads, tokens, tokens]</c>, number by number.</summary>
    private static float[][][] Probabilities(float[][] sequence, float scale) => [.. Enumerable.Range(0, Heads).Select(head => sequence.Select(query =>
    {
        float[] weights = [.. sequence.Select(key => MathF.Exp(scale * Part(query, head).Zip(Part(key, head), (left, right) => left * right).Sum()))];
        return weights.Select(weight => weight / weights.Sum()).ToArray();
    }).ToArray())];

    private static float[][] Mixed(float[][] sequence, float[][][] probabilities) => [.. Enumerable.Range(0, sequence.Length).Select(row => Enumerable.Range(0, Width).Select(feature =>
        sequence.Select((value, column) => probabilities[feature / (Width / Heads)][row][column] * value[feature]).Sum()).ToArray())];

    private static IEnumerable<float> Part(float[] token, int head) => token.Skip(head * Width / Heads).Take(Width / Heads);
}
