using System.IO.Compression;
using Karl.Graphs.Onnx;
using Karl.Testing;

namespace Karl.Graphs.Tests.Onnx;

[TestClass]
public sealed class OnnxReaderTests
{
    private static readonly OnnxWriteOptions Options = new()
    {
        ProducerName = "maker",
        ProducerVersion = "1.2",
        Metadata = new Dictionary<string, string> { ["b"] = "2", ["a"] = "ä" },
    };

    [TestMethod]
    public void Read_WhatWasWritten_WritesTheSameBytesAgain()
    {
        var graph = SampleGraph.Build();
        var bytes = OnnxWriter.ToBytes(graph, SampleGraph.Weights(graph), Options);

        var file = OnnxReader.Read(bytes);

        CollectionAssert.AreEqual(bytes, OnnxWriter.ToBytes(file.Graph, null, file.WriteOptions));
        Assert.AreEqual("maker", file.ProducerName);
        Assert.AreEqual("1.2", file.ProducerVersion);
        Assert.AreEqual("ä", file.Metadata["a"]);
        Assert.AreEqual(21, file.OperatorSets[""]);
        Assert.AreEqual(1, file.OperatorSets["com.microsoft"]);
    }

    [TestMethod]
    public void Read_WhatWasWritten_GivesTheSameGraph()
    {
        var graph = SampleGraph.Build();

        var read = OnnxReader.Read(new MemoryStream(OnnxWriter.ToBytes(graph, SampleGraph.Weights(graph)))).Graph;

        Assert.AreEqual(graph.ToString(), read.ToString());
    }

    [TestMethod]
    public void Read_Weights_AreViewsOfTheFile()
    {
        var graph = SampleGraph.Build();
        var weights = SampleGraph.Weights(graph);
        var bytes = OnnxWriter.ToBytes(graph, weights);

        var bias = OnnxReader.Read(bytes).Graph["encoder.conv.bias"];

        TensorAssert.AreClose(weights["encoder.conv.bias"], bias.Data!, 0);
        Assert.IsTrue(bytes.AsSpan().Overlaps(bias.Data!.Bytes.Span));
    }

    [TestMethod]
    public void Read_StreamWithoutLength_IsReadToItsEnd()
    {
        var graph = SampleGraph.Build();
        var bytes = OnnxWriter.ToBytes(graph, SampleGraph.Weights(graph));
        using var packed = new MemoryStream();
        using (var packing = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)) packing.Write(bytes);
        packed.Position = 0;

        using var stream = new BrotliStream(packed, CompressionMode.Decompress);

        CollectionAssert.AreEqual(bytes, OnnxWriter.ToBytes(OnnxReader.Read(stream).Graph));
    }

    [TestMethod]
    public void Read_FileCutAnywhere_IsRefused()
    {
        var graph = SampleGraph.Build();
        var bytes = OnnxWriter.ToBytes(graph, SampleGraph.Weights(graph));

        for (var length = 0; length < bytes.Length; length += 7)
        {
            Assert.ThrowsExactly<OnnxFormatException>(() => OnnxReader.Read(bytes.AsMemory(0, length)), $"{length} bytes");
        }
    }

    [TestMethod]
    public void Read_ThenBuildFurther_TakesNoNameTwice()
    {
        var graph = SampleGraph.Build();
        var read = OnnxReader.Read(OnnxWriter.ToBytes(graph, SampleGraph.Weights(graph))).Graph;

        read.Output("more", (read["base"] * 2 + 1).ReduceSum() + read.Scalar(7, ElementType.Int64).Cast(ElementType.Float32));

        Assert.AreEqual("float32 []", OnnxRun.Run(read, SampleGraph.Inputs())["more"].ToString());
    }

    [TestMethod]
    public void Output_NamedTensorOfAReadGraph_NeedsNoFurtherNode()
    {
        var graph = SampleGraph.Build();
        var read = OnnxReader.Read(OnnxWriter.ToBytes(graph, SampleGraph.Weights(graph))).Graph;

        var output = read.Output("base", read["base"]);

        Assert.AreSame(read["base"], output);
        Assert.HasCount(graph.Nodes.Count, read.Nodes);
        Assert.AreEqual("float32 [2, 8, 8, 8]", OnnxRun.Run(read, SampleGraph.Inputs())["base"].ToString());
    }
}
