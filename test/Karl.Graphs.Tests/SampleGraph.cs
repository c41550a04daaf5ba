namespace Karl.Graphs.Tests;

/// <summary>A small network with a bit of everything: scopes, weights, constants, names, symbolic lengths.</summary>
internal static class SampleGraph
{
    public static Graph Build()
    {
        var graph = new Graph("sample");
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
        var latents = graph.Output("latents", x.First(1, budget));
        graph.Output("codes", latents.ArgMax(-1));
        return graph;
    }

    public static WeightDictionary Weights(Graph graph)
    {
        var weights = new WeightDictionary();
        var random = new Random(1);
        foreach (var parameter in graph.Parameters)
        {
            var shape = parameter.Shape.ToFixed();
            var values = new float[shape.Aggregate(1L, (product, length) => product * length)];
            for (var index = 0; index < values.Length; index++) values[index] = (float)random.NextDouble() - 0.5f;
            weights[parameter.Name] = TensorData.From(values, shape);
        }
        return weights;
    }

    public static Dictionary<string, TensorData> Inputs(int batch = 2, long budget = 5)
    {
        var random = new Random(2);
        var image = new float[batch * 4 * 64];
        for (var index = 0; index < image.Length; index++) image[index] = (float)random.NextDouble();
        return new() { ["image"] = TensorData.From(image, batch, 4, 8, 8), ["budget"] = TensorData.From([budget], 1) };
    }
}
