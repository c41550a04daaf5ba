using Karl.Graphs;
using Karl.Testing;
using Karl.Training.Steps.Internals;

namespace Karl.Training.Steps;

/// <summary>The loss that keeps a codebook in use, on four codes along the axes of a plane.</summary>
[TestClass]
public sealed class UnevennessTests
{
    private static readonly float[] Codes = [1, 0, 0, 1, -1, 0, 0, -1];

    [TestMethod]
    public void Unevenness_EveryCodeOnce_IsMinusTheirLogarithm() => Assert.AreEqual(-Math.Log(4), Unevenness(Codes, 0.01), 1e-4);

    [TestMethod]
    public void Unevenness_OneCodeAlways_IsZero() => Assert.AreEqual(0, Unevenness([1, 0, 1, 0, 1, 0, 1, 0], 0.01), 1e-4);

    [TestMethod]
    public void Unevenness_BetweenTwoCodes_IsWhatIsUnsureLessWhatIsUsed()
    {
        var half = (float)Math.Sqrt(0.5);
        Assert.AreEqual(Math.Log(2) - Math.Log(4), Unevenness([half, half, -half, half, -half, -half, half, -half], 0.01), 1e-4);
    }

    private static double Unevenness(float[] latents, double temperature)
    {
        var graph = new Graph("unevenness");
        graph.Output("loss", TokenLosses.Unevenness(graph.Input("latents", ElementType.Float32, 2, 2, 2), graph.Input("codes", ElementType.Float32, 4, 2), temperature));
        return OnnxRun.Run(graph, new Dictionary<string, TensorData> { ["latents"] = TensorData.From(latents, 2, 2, 2), ["codes"] = TensorData.From(Codes, 4, 2) })["loss"].AsSpan<float>()[0];
    }
}
