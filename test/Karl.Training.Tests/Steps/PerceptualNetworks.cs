using Karl.Graphs;

namespace Karl.Training.Steps;

/// <summary>Networks that say how different two images look.</summary>
internal static class PerceptualNetworks
{
    /// <summary>The squared difference of what one convolution sees.</summary>
    public static Graph Look()
    {
        var graph = new Graph("look");
        var random = new Random(2);
        var kernel = graph.Parameter("kernel", TensorData.From(Enumerable.Range(0, 5 * 3 * 9).Select(_ => (float)random.NextDouble() - 0.5f).ToArray(), 5, 3, 3, 3));
        var (left, right) = (graph.Input("left", ElementType.Float32, "batch", 3, "height", "width"), graph.Input("right", ElementType.Float32, "batch", 3, "height", "width"));
        var difference = left.Convolution(kernel, padding: 1).Tanh() - right.Convolution(kernel, padding: 1).Tanh();
        graph.Output("distance", (difference * difference).ReduceMean([1, 2, 3]));
        return graph;
    }
}
