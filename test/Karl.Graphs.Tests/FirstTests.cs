using Karl.Testing;

namespace Karl.Graphs.Tests;

[TestClass]
public sealed class FirstTests
{
    [TestMethod]
    public void Walk()
    {
        var graph = new Graph("walk");
        var image = graph.Input("image", ElementType.Float32, "batch", 4, 8, 8);
        var budget = graph.Input("budget", ElementType.Int64, 1);
        Tensor x;
        using (graph.Scope("encoder"))
        {
            x = image.Convolution(graph.Parameter("conv.weight", 8, 4, 3, 3), graph.Parameter("conv.bias", 8), padding: 1);
            x = x.GroupNormalization(2, graph.Parameter("norm.weight", 8), graph.Parameter("norm.bias", 8)).Swish();
            x = x.AveragePool(2).ResizeNearest(2).Named("base");
            x = x.Reshape("batch", 8, 64).Transpose(0, 2, 1);
            x = Tensor.Concat(1, graph.Parameter("mask", 1, 1, 8).Expand("batch", 1, 8), x);
            x = x.LayerNormalization(graph.Parameter("ln.weight", 8), graph.Parameter("ln.bias", 8));
            x = x.Linear(graph.Parameter("fc.weight", 16, 8)).Gelu();
            x = x.Attention(x, x, 2);
        }
        x = x.First(1, budget);
        graph.Output("latents", x);
        graph.Output("codes", x.ArgMax(-1));
        Console.WriteLine(graph);
        var weights = new WeightDictionary();
        var random = new Random(1);
        foreach (var p in graph.Parameters)
        {
            var shape = p.Shape.ToFixed();
            weights[p.Name] = TensorData.From(Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => (float)random.NextDouble()).ToArray(), shape);
        }
        var results = OnnxRun.Run(graph, new Dictionary<string, TensorData>
        {
            ["image"] = TensorData.From(new float[2 * 4 * 64], 2, 4, 8, 8),
            ["budget"] = TensorData.From(new long[] { 5 }, 1),
        }, weights);
        Assert.AreEqual("float32 [2, 5, 16]", results["latents"].ToString());
        Assert.AreEqual("[batch, budget, 16]", graph["latents"].Shape.ToString());
    }
}
