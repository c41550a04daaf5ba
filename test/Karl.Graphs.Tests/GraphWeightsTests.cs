using Karl.Testing;

namespace Karl.Graphs.Tests;

/// <summary>Graphs with other weights: folded, stored as float16, quantized, as inputs. Each must compute what the original computes.</summary>
[TestClass]
public sealed class GraphWeightsTests
{
    private static readonly float[] Weight = [.. Enumerable.Range(0, 32).Select(index => MathF.Sin(index))];
    private static readonly float[] Bias = [0.5f, -1, 2, 0];
    private static readonly float[] Input = [.. Enumerable.Range(0, 24).Select(index => MathF.Cos(index * 0.7f))];

    private static WeightDictionary Weights => new() { ["layer.weight"] = TensorData.From(Weight, 4, 8), ["layer.bias"] = TensorData.From(Bias, 4) };

    [TestMethod]
    public void Fold_TransposedWeight_BecomesAWeightWithARecipe()
    {
        var folded = Linear().Fold();

        Assert.DoesNotContain(Operator.Transpose, folded.Graph.Nodes.Select(node => node.Operator).ToArray());
        var (name, recipe) = folded.Recipes.Single();
        CollectionAssert.AreEqual(new[] { "layer.weight" }, recipe.Inputs.Select(input => input.Name).ToArray());
        WeightDictionary weights = new() { ["layer.bias"] = Weights["layer.bias"] };
        weights[name] = OnnxRun.Run(recipe, new Dictionary<string, TensorData> { ["layer.weight"] = Weights["layer.weight"] })[name];
        AssertSame(folded.Graph, weights, 0);
    }

    [TestMethod]
    public void Fold_NothingComputedFromWeightsAlone_KeepsEverything()
    {
        var graph = new Graph();
        graph.Output("y", graph.Input("x", ElementType.Float32, "batch", 8).MatMul(graph.Parameter("w", 8, 4)));
        Assert.IsEmpty(graph.Fold().Recipes);
        Assert.AreEqual(graph.ToString(), graph.Fold().Graph.ToString());
    }

    [TestMethod]
    public void StoreAs_Float16_ComputesInFloat32FromHalves()
    {
        var stored = Linear().StoreAs(ElementType.Float16, parameter => parameter.Rank == 2);
        Assert.AreEqual("float16, float32", string.Join(", ", stored.Parameters.OrderByDescending(parameter => parameter.Rank).Select(parameter => parameter.Type.Word())));
        AssertSame(stored, new() { ["layer.weight"] = TensorData.From(Array.ConvertAll(Weight, value => (Half)value), 4, 8), ["layer.bias"] = Weights["layer.bias"] }, 5e-3);
    }

    [TestMethod]
    public void QuantizeProducts_WithABias_IsOneNodeCloseToTheOriginal()
    {
        var graph = new Graph();
        graph.Output("y", graph.Input("x", ElementType.Float32, "batch", 8).MatMul(graph.Parameter("w", 8, 4)) + graph.Parameter("b", 4));
        var columns = Enumerable.Range(0, 4).Select(column => Enumerable.Range(0, 8).Max(row => Math.Abs(Weight[(row * 4) + column])) / 127).ToArray();
        var values = Weight.Select((value, index) => (sbyte)MathF.Round(value / columns[index % 4])).ToArray();

        var quantized = graph.QuantizeProducts(_ => true);

        CollectionAssert.AreEqual(new[] { Operator.DynamicQuantizeMatMul }, quantized.Nodes.Select(node => node.Operator).ToArray());
        WeightDictionary exact = new() { ["w"] = TensorData.From(Weight, 8, 4), ["b"] = TensorData.From(Bias, 4) };
        WeightDictionary small = new() { ["w.int8"] = TensorData.From(values, 8, 4), ["w.scale"] = TensorData.From(columns, 4), ["b"] = TensorData.From(Bias, 4) };
        TensorAssert.AreClose(Run(graph, exact), Run(quantized, small), 0.05);
    }

    [TestMethod]
    public void WithWeightsAsInputs_SomeFixed_TakesTheOthersAtEveryRun()
    {
        var graph = Linear().WithWeightsAsInputs(Weights, parameter => parameter.Name == "layer.bias");
        CollectionAssert.AreEqual(new[] { "x", "layer.weight" }, graph.Inputs.Select(input => input.Name).ToArray());
        var inputs = new Dictionary<string, TensorData> { ["x"] = TensorData.From(Input, 3, 8), ["layer.weight"] = Weights["layer.weight"] };
        TensorAssert.AreClose(Run(Linear(), Weights), OnnxRun.Run(graph, inputs)["y"], 0);
    }

    private static Graph Linear()
    {
        var graph = new Graph();
        var input = graph.Input("x", ElementType.Float32, "batch", 8);
        using (graph.Scope("layer")) graph.Output("y", input.Linear(graph.Parameter("weight", 4, 8), graph.Parameter("bias", 4)));
        return graph;
    }

    private static void AssertSame(Graph graph, WeightDictionary weights, double tolerance) =>
        TensorAssert.AreClose(Run(Linear(), Weights), Run(graph, weights), tolerance + 1e-6);

    private static TensorData Run(Graph graph, WeightDictionary weights) =>
        OnnxRun.Run(graph, new Dictionary<string, TensorData> { ["x"] = TensorData.From(Input, 3, 8) }, weights)["y"];
}
