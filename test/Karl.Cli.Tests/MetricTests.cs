using Karl.Graphs;
using Karl.Graphs.Onnx;

namespace Karl.Cli.Tests;

[TestClass]
public sealed class MetricTests
{
    [TestMethod]
    public async Task I_can_evaluate_by_any_metric_that_an_ONNX_graph_computes()
    {
        using Workplace place = new();
        WriteMetric(place["own.onnx"]);
        CliResult result = await Cli.RunAsync(["evaluate", place.Photos(2), "--model", place.Model, "--budgets", "8", "--epsilons", "0.1", "--metric", $"own={place["own.onnx"]},range=-1:1,size=16"]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        StringAssert.Contains(result.Output, "|    own |");
        StringAssert.Contains(result.Output, "own is own.onnx, SHA-256 ");
    }

    [TestMethod]
    public async Task What_is_no_metric_is_refused()
    {
        using Workplace place = new();
        WriteMetric(place["own.onnx"]);
        string photos = place.Photos(1);
        (await Cli.RunAsync(["evaluate", photos, "--model", place.Model, "--metric", "own.onnx"])).AssertRefused(KarlCommand.BadUsage, "NAME=FILE.onnx");
        (await Cli.RunAsync(["evaluate", photos, "--model", place.Model, "--metric", $"own={place["none.onnx"]}"])).AssertRefused(KarlCommand.BadUsage, "There is no file");
        (await Cli.RunAsync(["evaluate", photos, "--model", place.Model, "--metric", $"own={place["own.onnx"]},range=1"])).AssertRefused(KarlCommand.BadUsage, "range=-1:1");
        (await Cli.RunAsync(["evaluate", photos, "--model", place.Model, "--metric", $"own={place.Model}"])).AssertRefused(KarlCommand.Failure, "cannot be loaded");
    }

    private static void WriteMetric(string path)
    {
        Graph graph = new("metric");
        Tensor original = graph.Input("original", ElementType.Float32, "batch", 3, "height", "width"), image = graph.Input("image", ElementType.Float32, "batch", 3, "height", "width");
        graph.Output("value", (original - image).Abs().ReduceMean([1, 2, 3]));
        File.WriteAllBytes(path, OnnxWriter.ToBytes(graph));
    }
}
