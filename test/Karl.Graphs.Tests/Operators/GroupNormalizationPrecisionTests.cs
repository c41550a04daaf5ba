using Karl.Testing;

namespace Karl.Graphs.Tests.Operators;

[TestClass]
public sealed class GroupNormalizationPrecisionTests
{
    /// <summary>A large map around 8 whose rows differ by a hundredth: a flat image after a convolution. Adding it up in one go loses three digits.</summary>
    [TestMethod]
    public void GroupNormalization_LargeNearlyFlatMap_KeepsItsDigits()
    {
        const int size = 256;
        var values = Enumerable.Range(0, 4 * size * size).Select(index => 8f + (index / size % 2 * 0.01f)).ToArray();
        var graph = new Graph();
        var map = graph.Input("x", ElementType.Float32, 1, 4, size, size);
        graph.Output("y", map.GroupNormalization(1, graph.Floats(1, 1, 1, 1), graph.Floats(0, 0, 0, 0)));

        var found = OnnxRun.Run(graph, new Dictionary<string, TensorData> { ["x"] = TensorData.From(values, 1, 4, size, size) })["y"];

        var mean = values.Average(value => (double)value);
        var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)) + 1e-6);
        TensorAssert.AreClose([.. values.Select(value => (float)((value - mean) / deviation))], TensorAssert.ToSingles(found), 1e-3, 1, 4, size, size);
    }
}
