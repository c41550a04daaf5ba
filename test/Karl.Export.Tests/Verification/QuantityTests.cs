using Karl.Graphs;
using Karl.Graphs.Onnx;
using Karl.Testing;

namespace Karl.Export.Verification.Internals;

/// <summary>What is computed from tensors, against numbers worked out by hand.</summary>
[TestClass]
public sealed class QuantityTests
{
    [TestMethod]
    public void Statistics_FourNumbers_AreThoseOfTheWholePopulation()
    {
        var found = new RecordedView(RecordedViewKind.Statistics).Of(new Numbers([1, -2, 3, 6], [1, 2, 2]))!;
        double[] expected = [2, Math.Sqrt((1 + 16 + 1 + 16) / 4.0), -2, 6, 12, 50];
        CollectionAssert.AreEqual(expected, found.Values);
    }

    [TestMethod]
    public void Rows_EveryThird_StartAtTheFirst()
    {
        var found = new RecordedView(RecordedViewKind.Rows, 3).Of(new Numbers([0, 1, 10, 11, 20, 21, 30, 31, 40, 41], [5, 2]))!;
        CollectionAssert.AreEqual(new double[] { 0, 1, 30, 31 }, found.Values);
        CollectionAssert.AreEqual(new long[] { 2, 2 }, found.Shape);
    }

    [TestMethod]
    public void Grid_EverySecondPixel_StartsInTheMiddle()
    {
        double[] values = [.. Enumerable.Range(0, 2 * 4 * 4).Select(value => (double)value)];
        var found = new RecordedView(RecordedViewKind.Grid, 2).Of(new Numbers(values, [2, 4, 4]))!;
        CollectionAssert.AreEqual(new double[] { 5, 7, 13, 15, 21, 23, 29, 31 }, found.Values);
    }

    [TestMethod]
    public void Of_RowsThatAreNoImage_HaveNoGrid() => Assert.IsNull(new RecordedView(RecordedViewKind.Grid, 2).Of(new Numbers(new double[8], [2, 4])));

    [TestMethod]
    public void LogSumExp_LargeLogits_DoesNotOverflow()
    {
        var found = Logits.LogSumExp(new Numbers([1000, 1000, -1000, 0, 0, 0], [2, 3]));
        Assert.AreEqual(1000 + Math.Log(2), found.Values[0], 1e-12);
        Assert.AreEqual(Math.Log(3), found.Values[1], 1e-12);
    }

    [TestMethod]
    public void Margins_CosinesOfUnitVectors_AreDifferencesOfSquaredDistances()
    {
        var found = CodeScores.Margins(new Numbers([0.5, 0.9, 0.7, -0.2, -0.2, -0.9], [2, 3]));
        Assert.AreEqual(0.4, found.Values[0], 1e-12);
        Assert.AreEqual(0, found.Values[1], 1e-12);
    }

    [TestMethod]
    public void NearestCodes_ThreeCodes_GivesTheNearestAndItsLead()
    {
        var found = NearestCodes.Find(new Numbers([0, 0, 3, 4], [2, 2]), new Numbers([3, 3, 1, 0, 0, -2], [3, 2]));
        CollectionAssert.AreEqual(new double[] { 1, 0 }, found.Codes.Values);
        CollectionAssert.AreEqual(new double[] { 4 - 1, 20 - 1 }, found.Margins.Values);
    }

    [TestMethod]
    public void PosteriorRows_MeanAndNoise_AreTransposedAndUnscaled()
    {
        Numbers mean = new([1, 2, 3, 4, 10, 20, 30, 40], [2, 2, 2]);
        Numbers logVariance = new([0, 0, 0, 0, 2 * Math.Log(3), 0, 0, 0], [2, 2, 2]);
        CollectionAssert.AreEqual(new double[] { 1, 10, 2, 20, 3, 30, 4, 40 }, Posterior.Rows(mean, logVariance, null).Values);
        Assert.AreEqual(10 + (3 * 0.5), Posterior.Rows(mean, logVariance, [0, 0, 0, 0, 0.5f, 0, 0, 0]).Values[1], 1e-12);
    }

    [TestMethod]
    public void Append_InnerTensors_BecomeOutputsOfTheSameModel()
    {
        Graph graph = new();
        var input = graph.Input("input", ElementType.Float32, "batch", 2);
        graph.Output("result", ((input * 2).Named("inner.double") + 1).Named("inner.more").Exp());
        var model = ExtraOutputs.Append(OnnxWriter.ToBytes(graph), ["inner.double", "inner.more"]);
        var results = OnnxRun.Run(model, new Dictionary<string, TensorData> { ["input"] = TensorData.From([1f, 2f], 1, 2) });
        CollectionAssert.AreEquivalent(new[] { "result", "inner.double", "inner.more" }, results.Keys.ToArray());
        CollectionAssert.AreEqual(new[] { 2f, 4f }, results["inner.double"].AsSpan<float>().ToArray());
        CollectionAssert.AreEqual(new[] { 3f, 5f }, results["inner.more"].AsSpan<float>().ToArray());
    }

    [TestMethod]
    public void Append_Nothing_IsTheModelItself()
    {
        byte[] model = [1, 2, 3];
        CollectionAssert.AreEqual(model, ExtraOutputs.Append(model, []));
    }

    [TestMethod]
    public void Append_ManyLongNames_HasSoundLengths()
    {
        Graph graph = new();
        var value = graph.Input("input", ElementType.Float32, 1);
        string[] names = [.. Enumerable.Range(0, 200).Select(index => $"{new string('n', 100)}.{index}")];
        foreach (var name in names)
        {
            value = (value + 1).Named(name);
        }

        graph.Output("result", value * 2);
        var results = OnnxRun.Run(ExtraOutputs.Append(OnnxWriter.ToBytes(graph), names), new Dictionary<string, TensorData> { ["input"] = TensorData.From([0f], 1) });
        Assert.HasCount(201, results);
        Assert.AreEqual(200f, results[names[^1]].AsSpan<float>()[0]);
    }
}
