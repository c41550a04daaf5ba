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
}
