using Karl.Graphs.Onnx;
using Karl.Testing;

namespace Karl.Graphs.Tests.Onnx;

/// <summary>Thousands of damaged files: read, or refused with the one documented kind of error, in little time and memory.</summary>
[TestClass]
[TestCategory("Mutation")]
public sealed class MutationTests
{
    private const int Count = 10_000;
    private const long MemoryLimit = 64_000_000;

    public static IEnumerable<object[]> Seeds => Enumerable.Range(1, 3).Select(seed => new object[] { seed });

    [TestMethod]
    [DynamicData(nameof(Seeds))]
    public void Read_DamagedNetwork_IsReadOrRefused(int seed)
    {
        var graph = SampleGraph.Build();
        var file = OnnxWriter.ToBytes(graph, SampleGraph.Weights(graph), new() { Metadata = new Dictionary<string, string> { ["a"] = "b" } });

        AssertRefused(file, seed, bytes =>
        {
            var read = OnnxReader.Read(bytes);
            Assert.IsNotEmpty(read.Graph.ToString());
            if (read.Graph.Outputs.Count == 0) return;
            var written = OnnxWriter.ToBytes(read.Graph, null, read.WriteOptions);
            var again = OnnxReader.Read(written);
            CollectionAssert.AreEqual(written, OnnxWriter.ToBytes(again.Graph, null, again.WriteOptions));
        });
    }

    [TestMethod]
    [DynamicData(nameof(Seeds))]
    public void Read_DamagedListOfOperators_IsReadOrRefused(int seed) => AssertRefused(AllOperators(), seed, bytes =>
    {
        var read = OnnxReader.Read(bytes).Graph;
        if (read.Outputs.Count > 0) OnnxReader.Read(OnnxWriter.ToBytes(read));
    });

    [TestMethod]
    [DynamicData(nameof(Seeds))]
    public void Summary_DamagedNetwork_IsReadOrRefused(int seed) => AssertRefused(AllOperators(), seed, bytes => Assert.IsNotEmpty(OnnxSummary.Read(bytes).ToString()));

    private static void AssertRefused(byte[] file, int seed, Action<byte[]> read)
    {
        var refused = Mutations.AssertRefusesOrReads<OnnxFormatException>(file, seed, Count, MemoryLimit, read);

        Assert.IsInRange(Count / 10, Count - 1, refused);
    }

    /// <summary>Small weights and many settings, so that damage lands in these.</summary>
    private static byte[] AllOperators()
    {
        var graph = new Graph("all");
        var image = graph.Input("image", ElementType.Float32, "batch", 4, "height", 8);
        var tokens = graph.Input("tokens", ElementType.Float32, "batch", "count", 8);
        var fours = graph.Parameter("fours", TensorData.From(new float[4], 4));
        var x = image.Convolution(graph.Parameter("w", TensorData.From(new float[16], 4, 4, 1, 1)), fours, 2, 1).MaxPool(2, 1).ResizeNearest(2).DepthToSpace(2).SpaceToDepth(2);
        graph.Output("pixels", x.ConvolutionTranspose(graph.Parameter("v", TensorData.From(new float[8], 4, 2, 1, 1)), null, 2).Clip(0, 1).Pad([0, 0, 1, 1], [0, 0, 1, 1]).AveragePool(3, 1, 1));
        var (values, places) = tokens.TopK(2, -1);
        graph.Output("sums", Tensor.Concat(1, values.CumSum(-1), tokens.Slice(-1, 1, 5, 2)).ReduceMean([1]).Greater(0).Cast(ElementType.Int32));
        graph.Output("places", places.OneHot(8).Tile(1, 1, 1, 2).Squeeze().Split(-1, 4, 12)[1].Transpose(0, 2, 1, 3).Reshape(-1, 12).Softmax());
        graph.Output("mixed", tokens.Attention(tokens, tokens, 2).LayerNormalization(graph.Floats(new float[8]), null).Reshape("batch*count", 8).Gemm(graph.Floats(new float[16]).Reshape(8, 2)).ArgMax(-1));
        graph.Output("packed", tokens.MatMulNBits(graph.Constant(TensorData.From(new byte[8], 1, 1, 8)), graph.Floats(1).Reshape(1, 1), null, 8, 1, 4, 16));
        graph.Output("bytes", tokens.DynamicQuantizeLinear().Values.MatMulInteger(graph.Constant(TensorData.From(new byte[8], 8, 1))).Cast(ElementType.Float32).QuantizeLinear(graph.Scalar(1), graph.Scalar(0, ElementType.UInt8)));
        graph.Output("range", graph.Range("count+1").Gather(graph.Range("count")).Unsqueeze(0).Expand("batch", "count"));
        return OnnxWriter.ToBytes(graph);
    }
}
