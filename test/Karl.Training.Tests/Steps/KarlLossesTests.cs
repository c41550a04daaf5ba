using Karl.Graphs;
using Karl.Testing;
using Karl.Training.Steps.Internals;

namespace Karl.Training.Tests.Steps;

[TestClass]
public sealed class KarlLossesTests
{
    private const int Tokens = 5;

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(4)]
    public void KeepOrHalt_ABudgetThatDoesForOneOfTwoImages_TellsTokensNearItTheOpposite(int budget)
    {
        // Logits of 0, whose gradient is a half either way; the mean over two images halves it again.
        double reach = 1 + budget / 4.0;
        double Told(int token) => 0.25 * Math.Exp(-Math.Abs(token - budget) / reach) / reach;
        double First(int token) => token == 0 ? 0.25 : 0;
        double[] doing = [.. Enumerable.Range(0, Tokens).Select(token => First(token) - (token >= budget ? Told(token) : 0))];
        double[] other = [.. Enumerable.Range(0, Tokens).Select(token => First(token) + (token <= budget ? Told(token) : 0))];
        TensorAssert.AreClose([.. doing.Concat(other).Select(value => (float)value)], Gradient(budget, [1, 0]), 1e-6);
    }

    /// <summary>The published losses: means over both sides, so that few tokens on a side are told more strongly.</summary>
    [TestMethod]
    public void KeepAndHalt_FewTokensWithin_TellsThemMoreStrongly()
    {
        var gradient = Gradient(1, null);
        Assert.AreEqual(0.5 / 2, gradient[0], 1e-6);
        Assert.AreEqual(-0.5 / 2 / (Tokens - 1), gradient[1], 1e-6);
    }

    private static float[] Gradient(long budget, float[]? does)
    {
        Graph graph = new("halting");
        var logits = graph.Input("logits", ElementType.Float32, 2, Tokens);
        var limit = graph.Input("budget", ElementType.Int64, 1);
        var (keep, halt) = does is null
            ? KarlLosses.KeepAndHalt(logits, limit)
            : KarlLosses.KeepOrHalt(logits, limit, graph.Input("does", ElementType.Float32, 2, 1));
        graph.Output("gradient", graph.Gradients(keep + halt, logits)[0]);
        Dictionary<string, TensorData> inputs = new() { ["logits"] = TensorData.From(new float[2 * Tokens], 2, Tokens), ["budget"] = TensorData.From(new[] { budget }, 1) };
        if (does is not null) inputs["does"] = TensorData.From(does, 2, 1);
        return OnnxRun.Run(graph, inputs, new WeightDictionary())["gradient"].AsSpan<float>().ToArray();
    }
}
