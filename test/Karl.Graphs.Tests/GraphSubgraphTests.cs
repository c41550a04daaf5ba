using Karl.Graphs.Onnx;
using Karl.Testing;

namespace Karl.Graphs.Tests;

[TestClass]
public sealed class GraphSubgraphTests
{
    [TestMethod]
    public void Subgraph_SecondHalf_ComputesWhatTheWholeDoes()
    {
        var whole = Read();
        whole.Output("base", whole["base"]);
        var inputs = SampleGraph.Inputs();
        var expected = OnnxRun.Run(whole, inputs);

        var half = whole.Subgraph(["base", "budget"], ["latents", "codes"], "half");
        var actual = OnnxRun.Run(half, new Dictionary<string, TensorData> { ["base"] = expected["base"], ["budget"] = inputs["budget"] });

        Assert.AreEqual("half", half.Name);
        CollectionAssert.AreEqual(new[] { "encoder.mask", "encoder.ln.weight", "encoder.ln.bias", "encoder.fc.weight" }, half.Parameters.Select(parameter => parameter.Name).ToArray());
        Assert.AreEqual("[batch, budget, 16]", half["latents"].Shape.ToString());
        Assert.AreEqual(whole["latents"].Producer!.ToString(), half["latents"].Producer!.ToString());
        TensorAssert.AreClose(expected["latents"], actual["latents"], 1e-5);
        TensorAssert.AreClose(expected["codes"], actual["codes"], 0);
    }

    [TestMethod]
    public void Subgraph_TensorHalfway_IsAnOutputUnderItsOwnName()
    {
        var part = Read().Subgraph(["image"], ["base"]);

        Assert.AreEqual("base", part.Nodes[^1].Name);
        Assert.AreEqual("float32 [2, 8, 8, 8]", OnnxRun.Run(part, SampleGraph.Inputs().Where(input => input.Key == "image").ToDictionary())["base"].ToString());
    }

    [TestMethod]
    public void Subgraph_BeforeWeightsAreKnown_TakesThemWhenWritten()
    {
        var graph = SampleGraph.Build();

        var part = graph.Subgraph(["image"], ["base"]);

        Assert.IsNull(part["encoder.conv.bias"].Data);
        Assert.IsNotEmpty(OnnxWriter.ToBytes(part, SampleGraph.Weights(graph)));
    }

    [TestMethod]
    public void Subgraph_OneOfTwoOutputsGiven_ComputesTheOther()
    {
        var graph = new Graph("two");
        var (values, places) = graph.Input("x", ElementType.Float32, 5).TopK(2);
        graph.Output("sum", values.Named("values") + places.Named("places").Cast(ElementType.Float32));

        var part = graph.Subgraph(["x", "values"], ["sum"]);
        var result = OnnxRun.Run(part, new Dictionary<string, TensorData> { ["x"] = TensorData.From([1f, 5, 3, 2, 4], 5), ["values"] = TensorData.From([100f, 200], 2) })["sum"];

        TensorAssert.AreClose(TensorData.From([101f, 204], 2), result, 0);
    }

    [TestMethod]
    public void Subgraph_InputAndWeightAsOutputs_ArePassedOn()
    {
        var graph = new Graph("pass");
        var x = graph.Input("x", ElementType.Float32, 2);
        graph.Output("y", x + graph.Parameter("w", TensorData.From([1f, 2], 2)));

        var result = OnnxRun.Run(graph.Subgraph(["x"], ["x", "w", "y"]), new Dictionary<string, TensorData> { ["x"] = TensorData.From([3f, 4], 2) });

        TensorAssert.AreClose(TensorData.From([3f, 4], 2), result["x"], 0);
        TensorAssert.AreClose(TensorData.From([1f, 2], 2), result["w"], 0);
        TensorAssert.AreClose(TensorData.From([4f, 6], 2), result["y"], 0);
    }

    [TestMethod]
    public void Subgraph_WeightAsInput_IsGivenAtEveryRun()
    {
        var graph = new Graph("weight");
        graph.Output("y", graph.Input("x", ElementType.Float32, 2) * graph.Parameter("w", TensorData.From([1f, 2], 2)));

        var part = graph.Subgraph(["x", "w"], ["y"]);

        Assert.IsEmpty(part.Parameters);
        var given = TensorData.From([3f, 4], 2);
        TensorAssert.AreClose(TensorData.From([9f, 16], 2), OnnxRun.Run(part, new Dictionary<string, TensorData> { ["x"] = given, ["w"] = given })["y"], 0);
    }

    [TestMethod]
    public void Subgraph_NothingWantedOrTwice_IsRefused()
    {
        var graph = SampleGraph.Build();

        Assert.Contains("needs at least one output", Assert.ThrowsExactly<ArgumentException>(() => graph.Subgraph(["image"], [])).Message);
        Assert.Contains("'base' is an output already", Assert.ThrowsExactly<ArgumentException>(() => graph.Subgraph(["image"], ["base", "base"])).Message);
        Assert.Throws<ArgumentException>(() => graph.Subgraph(["image", "image"], ["base"]));
    }

    [TestMethod]
    public void Subgraph_InputNotGiven_NamesIt()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => SampleGraph.Build().Subgraph(["base"], ["latents"]));

        Assert.AreEqual("Graph 'sample': 'latents' cannot be computed from 'base': budget: int64 [1] is needed too. Name it among the inputs, or a tensor nearer to the outputs.", error.Message);
    }

    [TestMethod]
    public void Subgraph_LengthOfWhatIsCutOff_IsTakenFromTheNewInput()
    {
        var graph = new Graph("lengths");
        var image = graph.Input("image", ElementType.Float32, "batch", 1, "height", 6);
        var small = image.MaxPool(3, 2, 1).Named("small");                             // [batch, 1, floor((height-1)/2)+1, 3]
        graph.Output("rows", small.Reshape("batch", -1, 3) + graph.Range(small.Shape[2]).Cast(ElementType.Float32).Unsqueeze(1));

        var part = graph.Subgraph(["small"], ["rows"]);
        var result = OnnxRun.Run(part, new Dictionary<string, TensorData> { ["small"] = TensorData.From(new float[12], 2, 1, 2, 3) })["rows"];

        Assert.AreEqual(graph["rows"].Shape, part["rows"].Shape);
        TensorAssert.AreClose(TensorData.From([0f, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1], 2, 2, 3), result, 0);
    }

    [TestMethod]
    [DataRow("nothing", "latents", "has no tensor named 'nothing'")]
    [DataRow("image", "nothing", "has no tensor named 'nothing'")]
    public void Subgraph_UnknownName_NamesIt(string input, string output, string expected) =>
        Assert.Contains(expected, Assert.ThrowsExactly<ArgumentException>(() => SampleGraph.Build().Subgraph([input], [output])).Message);

    private static Graph Read()
    {
        var graph = SampleGraph.Build();
        return OnnxReader.Read(OnnxWriter.ToBytes(graph, SampleGraph.Weights(graph))).Graph;
    }
}
