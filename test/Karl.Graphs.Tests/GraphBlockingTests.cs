using Karl.Testing;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Graphs.Tests;

/// <summary>Convolutions in blocks of channels.</summary>
[TestClass]
public sealed class GraphBlockingTests
{
    [TestMethod]
    public void BlockConvolutions_WeightsThatChange_AreComputedInBlocksAndOthersAreNot()
    {
        Graph graph = new("mixed");
        var image = graph.Input("image", ElementType.Float32, "batch", 16, 4, 4);
        var changing = image.Convolution(graph.Input("changing", ElementType.Float32, 32, 16, 3, 3) * 2, graph.Input("bias", ElementType.Float32, 32));
        var stored = changing.Convolution(graph.Parameter("stored", TensorData.From(new float[32 * 32], 32, 32, 1, 1)));
        graph.Output("few", stored.Convolution(graph.Input("few_channels", ElementType.Float32, 3, 32, 1, 1)));

        var blocked = graph.BlockConvolutions(16);

        Assert.AreEqual(1, blocked.Nodes.Count(node => node.Operator == Operator.BlockedConvolution));
        Assert.AreEqual(2, blocked.Nodes.Count(node => node.Operator == Operator.Convolution));
        CollectionAssert.AreEqual(graph.Inputs.Select(input => input.Name).ToArray(), blocked.Inputs.Select(input => input.Name).ToArray());
        Assert.AreEqual("batch", blocked["few"].Shape[0].ToString());
    }

    /// <summary>One of the usual numbers of channels in a block must be this processor's.</summary>
    [TestMethod]
    public void BlockConvolutions_OfThisProcessor_GivesTheUsualNumbers()
    {
        Graph graph = new("convolution");
        var image = graph.Input("image", ElementType.Float32, 2, 32, 6, 5);
        var weight = graph.Input("weight", ElementType.Float32, 64, 32, 3, 2);
        graph.Output("result", image.Convolution(weight, graph.Input("bias", ElementType.Float32, 64), stride: 2, padding: new Padding(0, 0, 1, 1)));
        Dictionary<string, TensorData> data = new() { ["image"] = Numbers(1, 2, 32, 6, 5), ["weight"] = Numbers(2, 64, 32, 3, 2), ["bias"] = Numbers(3, 64) };
        var usual = OnnxRun.Run(graph, data)["result"].AsSpan<float>().ToArray();

        double[] differences;
        try
        {
            differences = [.. new[] { 8, 16 }.Select(block => OnnxRun.Run(graph.BlockConvolutions(block), data)["result"].AsSpan<float>().ToArray().Zip(usual, (left, right) => Math.Abs((double)left - right)).Max())];
        }
        catch (OnnxRuntimeException exception)
        {
            Assert.Inconclusive($"ONNX Runtime has no convolutions in blocks on this processor: {exception.Message}");
            return;
        }

        Assert.IsLessThan(1e-3, differences.Min());
        Assert.IsGreaterThan(1, differences.Max());
    }

    private static TensorData Numbers(int seed, params long[] shape)
    {
        Random random = new(seed);
        return TensorData.From(Enumerable.Range(0, (int)shape.Aggregate((product, length) => product * length)).Select(_ => random.NextSingle() * 2 - 1).ToArray(), shape);
    }
}
