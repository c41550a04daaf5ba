using Karl.Testing;

namespace Karl.Graphs.Tests;

[TestClass]
public sealed class GraphInsertionTests
{
    [TestMethod]
    public void Insert_SameGraphTwice_ComputesItTwiceWithOneSetOfWeights()
    {
        var graph = new Graph("outer");
        var (first, second) = (graph.Input("first", ElementType.Float32, "rows", 2), graph.Input("second", ElementType.Float32, "rows", 2));
        var inner = Inner();
        using (graph.Scope("inner"))
        {
            graph.Output("sum", graph.Insert(inner, new Dictionary<string, Tensor> { ["x"] = first })["y"] + graph.Insert(inner, new Dictionary<string, Tensor> { ["x"] = second })["y"]);
        }
        CollectionAssert.AreEqual(new[] { "inner.weight" }, graph.Parameters.Select(parameter => parameter.Name).ToArray());
        var sum = OnnxRun.Run(graph, new Dictionary<string, TensorData> { ["first"] = TensorData.From(new[] { 1f, 2f }, 1, 2), ["second"] = TensorData.From(new[] { 10f, 20f }, 1, 2) })["sum"];
        CollectionAssert.AreEqual(new[] { 33f + 2, 66f + 2 }, sum.AsSpan<float>().ToArray());
    }

    [TestMethod]
    public void Insert_InputMissingOrOfAnotherType_IsRefused()
    {
        var graph = new Graph("outer");
        var error = Assert.ThrowsExactly<ArgumentException>(() => graph.Insert(Inner(), new Dictionary<string, Tensor>()));
        StringAssert.Contains(error.Message, "needs x: float32");
        error = Assert.ThrowsExactly<ArgumentException>(() => graph.Insert(Inner(), new Dictionary<string, Tensor> { ["x"] = graph.Integers(1, 2) }));
        StringAssert.Contains(error.Message, "int64 [2] is given");
    }

    [TestMethod]
    public void WithWeightsAsInputs_SomeFixed_KeepsTheirValuesAndAsksForTheOthers()
    {
        var graph = new Graph("sum");
        graph.Output("sum", graph.Parameter("fixed", 2) + graph.Parameter("trained", 2));
        var values = new WeightDictionary { ["fixed"] = TensorData.From(new[] { 1f, 2f }, 2) };
        var step = graph.WithWeightsAsInputs(values, parameter => parameter.Name == "fixed");
        CollectionAssert.AreEqual(new[] { "trained" }, step.Inputs.Select(input => input.Name).ToArray());
        CollectionAssert.AreEqual(new[] { 11f, 22f }, OnnxRun.Run(step, new Dictionary<string, TensorData> { ["trained"] = TensorData.From(new[] { 10f, 20f }, 2) })["sum"].AsSpan<float>().ToArray());
        values["fixed"] = TensorData.From(new[] { 1f, 2f, 3f }, 3);
        var error = Assert.ThrowsExactly<ArgumentException>(() => graph.WithWeightsAsInputs(values, parameter => parameter.Name == "fixed"));
        StringAssert.Contains(error.Message, "'fixed' are float32 [3]; float32 [2] is wanted");
    }

    /// <summary>Three times x plus one.</summary>
    private static Graph Inner()
    {
        var graph = new Graph("inner");
        var x = graph.Input("x", ElementType.Float32, "batch", 2);
        graph.Output("y", x * graph.Parameter("weight", TensorData.From(new[] { 3f, 3f }, 2)) + 1);
        return graph;
    }
}
