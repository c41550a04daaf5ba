using Karl.Graphs.Onnx;

namespace Karl.Graphs.Tests.Onnx;

[TestClass]
public sealed class OnnxSummaryTests
{
    [TestMethod]
    public void Read_WhatWasWritten_TellsWhatItHolds()
    {
        var graph = new Graph("small");
        var image = graph.Input("image", ElementType.Float32, "batch", 3);
        graph.Output("out", image.Linear(graph.Parameter("weight", 2, 3), graph.Parameter("bias", 2)).Gelu());
        var bytes = OnnxWriter.ToBytes(graph, SampleGraph.Weights(graph), new() { ProducerVersion = "1.0", Metadata = new Dictionary<string, string> { ["preset"] = "small" } });

        var summary = OnnxSummary.Read(bytes);

        Assert.AreEqual(
            $"""
            format: ONNX 10, {bytes.Length} bytes
            producer: karl 1.0
            operator sets: ai.onnx 21
            input: image: float32 [batch, 3]
            output: out: float32 [batch, 2]
            weights: 2 with 8 numbers in 32 bytes
            nodes: 4: Add 1, Gelu 1, MatMul 1, Transpose 1
            preset: small

            """.ReplaceLineEndings("\n"),
            summary.ToString());
    }

    [TestMethod]
    public void Read_WhatNoGraphCanHold_IsCountedAllTheSame()
    {
        var file = HandMade.Model(
            g =>
            {
                g.Node("If", ["c"], ["y"], n => n.Message(OnnxFields.Node.Attributes, a => a.Message(OnnxFields.Attribute.Subgraph, inner =>
                {
                    inner.Node("Relu", ["x"], ["y"]);
                    inner.Weight("inside", 16, [3], t => t.Raw(new byte[6]));
                })));
                g.Node("Fancy", ["x"], ["z"], n => n.Text(OnnxFields.Node.Domain, "com.acme"));
                g.Weight("w", 22, [3, 3], t => t.Raw(new byte[5]));
                g.Weight("elsewhere", 1, [10], t => t.Integer(OnnxFields.Tensor.DataLocation, 1));
                g.Input("w", 3, 3);
                g.Value(OnnxFields.Graph.Inputs, "text", 8, null, "n");
                g.Output("y");
            },
            version: 7,
            m => m.Message(OnnxFields.Model.Functions, f => f.Message(OnnxFields.Function.Nodes, n => n.Text(OnnxFields.Node.Operator, "Relu"))));

        var summary = OnnxSummary.Read(new MemoryStream(file));

        Assert.AreEqual("If 1, Relu 2, com.acme.Fancy 1", string.Join(", ", summary.Operators.Select(entry => $"{entry.Key} {entry.Value}")));
        Assert.AreEqual(4, summary.NodeCount);
        Assert.AreEqual((3, 22L, 51L), (summary.WeightCount, summary.ParameterCount, summary.ParameterBytes));
        Assert.IsTrue(summary.HasExternalData);
        Assert.AreEqual("text: string [?, n]", summary.Inputs.Single().ToString());
        Assert.AreEqual("y: undefined", summary.Outputs.Single().ToString());
        Assert.AreEqual(7, summary.OperatorSets[""]);
    }

    [TestMethod]
    public void Read_NoOnnxFile_IsRefused() =>
        Assert.Contains("There is no graph", Assert.ThrowsExactly<OnnxFormatException>(() => OnnxSummary.Read(Array.Empty<byte>())).Message);
}
