using Karl.Graphs.Onnx;
using Karl.Testing;

namespace Karl.Graphs.Tests;

[TestClass]
public sealed class GraphTests
{
    [TestMethod]
    public void ToString_SmallNetwork_IsApproved() => ApprovedText.Verify(SampleGraph.Build().ToString(), "SampleGraph.approved.txt");

    [TestMethod]
    public void Write_SameGraphTwice_SameBytes()
    {
        byte[] Bytes() => OnnxWriter.ToBytes(SampleGraph.Build(), SampleGraph.Weights(SampleGraph.Build()), new() { Metadata = new Dictionary<string, string> { ["b"] = "1", ["a"] = "2" } });

        CollectionAssert.AreEqual(Bytes(), Bytes());
    }

    [TestMethod]
    public void Write_WhatNoOutputNeeds_IsLeftOut()
    {
        var graph = new Graph("lean");
        var x = graph.Input("x", ElementType.Float32, 2);
        graph.Output("y", x + 1);
        var before = OnnxWriter.ToBytes(graph);

        _ = (x * graph.Parameter("idle", 2)).Exp() - 3;

        CollectionAssert.AreEqual(before, OnnxWriter.ToBytes(graph));
    }

    [TestMethod]
    public void Names_ByScopeOperatorAndNumber_PassOverTakenOnes()
    {
        var graph = new Graph("names");
        var x = graph.Input("x", ElementType.Float32, 2);
        graph.Input("encoder.add_1", ElementType.Float32, 2);
        Tensor first, second;
        using (graph.Scope("encoder"))
        {
            (first, second) = (x + x, x + x);
            Assert.AreEqual("encoder.w", graph.Parameter("w", 2).Name);
        }

        Assert.AreEqual("encoder.add_0", first.Name);
        Assert.AreEqual("encoder.add_2", second.Name);
        Assert.AreEqual("layer_normalization_0", x.LayerNormalization(x, null).Name);
        Assert.AreSame(first, graph["encoder.add_0"]);
        Assert.IsNull(graph.Find("encoder.add_3"));
    }

    [TestMethod]
    public void Named_TensorWithAName_GetsAnIdentity()
    {
        var graph = new Graph("names");
        var sum = (graph.Input("x", ElementType.Float32, 2) + 1).Named("sum");

        var other = sum.Named("other");

        Assert.AreEqual("sum", sum.Name);
        Assert.AreEqual(Operator.Identity, other.Producer!.Operator);
        Assert.Contains("The name 'sum' is taken by sum: float32 [2]", Assert.ThrowsExactly<ArgumentException>(() => other.Exp().Named("sum")).Message);
    }

    [TestMethod]
    public void Output_TakesItsName_AndKeepsIt()
    {
        var graph = new Graph("outputs");
        var x = graph.Input("x", ElementType.Float32, 2);

        var first = graph.Output("add_0", x + 1);
        var second = graph.Output("second", first);

        Assert.HasCount(2, graph.Nodes);
        Assert.AreEqual("add_0", first.Name);
        Assert.AreEqual(Operator.Identity, second.Producer!.Operator);
        Assert.Contains("'add_0' is an output already", Assert.ThrowsExactly<ArgumentException>(() => graph.Output("add_0", first)).Message);
        Assert.AreEqual(Operator.Identity, graph.Output("passed on", x).Producer!.Operator);
    }

    [TestMethod]
    public void Parameter_AskedForAgain_IsTheSame()
    {
        var graph = new Graph("weights");
        var weight = graph.Parameter("w", 2, 3);

        Assert.AreSame(weight, graph.Parameter("w", 2, 3));
        Assert.Contains("The name 'w' is taken", Assert.ThrowsExactly<ArgumentException>(() => graph.Parameter("w", 3, 2)).Message);
        Assert.Contains("The name 'w' is taken", Assert.ThrowsExactly<ArgumentException>(() => graph.Parameter("w", ElementType.Float16, 2, 3)).Message);
    }

    [TestMethod]
    public void Constant_EqualOnes_AreKeptOnce()
    {
        var graph = new Graph("constants");

        Assert.AreSame(graph.Integers(1, 2), graph.Integers(1, 2));
        Assert.AreNotSame(graph.Integers(1), graph.Scalar(1, ElementType.Int64));
        Assert.AreNotSame(graph.Floats(0), graph.Floats(-0f));
        Assert.AreSame(graph.Floats(new float[99]), graph.Floats(new float[99]));
        Assert.HasCount(6, graph.Constants);
    }

    [TestMethod]
    public void Scope_EndedOutOfOrder_IsRefused()
    {
        var graph = new Graph("scopes");
        var outer = graph.Scope("outer");
        graph.Scope("inner");

        Assert.ThrowsExactly<InvalidOperationException>(outer.Dispose);
    }

    [TestMethod]
    public void Write_WeightMissingOrMisshapen_NamesIt()
    {
        var graph = new Graph("weights");
        graph.Output("y", graph.Parameter("w", 2, 3) + 1);

        Assert.Contains("No weight is named 'w' among the 0", Assert.ThrowsExactly<KeyNotFoundException>(() => OnnxWriter.ToBytes(graph, new WeightDictionary())).Message);
        Assert.Contains("Weight 'w' (float32 [2, 3]) has no values", Assert.ThrowsExactly<KeyNotFoundException>(() => OnnxWriter.ToBytes(graph)).Message);
        var wrong = new WeightDictionary { ["w"] = TensorData.From(new float[6], 3, 2) };
        Assert.AreEqual("Weight 'w' is float32 [3, 2]; the graph needs float32 [2, 3].", Assert.ThrowsExactly<ArgumentException>(() => OnnxWriter.ToBytes(graph, wrong)).Message);
        var right = new WeightDictionary { ["w"] = TensorData.From(new float[6], 2, 3) };
        Assert.Contains("more than the 50 allowed", Assert.ThrowsExactly<ArgumentException>(() => OnnxWriter.ToBytes(graph, right, new() { MaximumBytes = 50 })).Message);
    }

    [TestMethod]
    public void Write_NoOutput_IsRefused() =>
        Assert.Contains("Graph 'empty' has no output", Assert.ThrowsExactly<ArgumentException>(() => OnnxWriter.ToBytes(new Graph("empty"))).Message);
}
