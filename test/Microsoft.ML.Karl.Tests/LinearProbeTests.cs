using Karl.Testing;
using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Tests;

[TestClass]
public sealed partial class LinearProbeTests
{
    [TestMethod]
    [DataRow(KarlProbeOptimizer.Lbfgs)]
    [DataRow(KarlProbeOptimizer.Sgd)]
    public void Fit_SeparableClasses_SeparatesThem(KarlProbeOptimizer optimizer)
    {
        MLContext context = new(seed: 1);
        IDataView rows = Labelled(context, Clusters(300));
        KarlLinearProbeTransformer probe = context.MulticlassClassification.Trainers.KarlLinearProbe(options: new() { Optimizer = optimizer, Epochs = 20 }).Fit(rows);
        MulticlassClassificationMetrics metrics = context.MulticlassClassification.Evaluate(probe.Transform(rows));
        Assert.IsGreaterThan(0.97, metrics.MicroAccuracy);
        Assert.IsLessThan(0.15, metrics.LogLoss);
    }

    [TestMethod]
    public void Fit_Lbfgs_ReachesTheSameMinimumAsSlowDescent()
    {
        MLContext context = new(seed: 1);
        Point[] points = Clusters(30);
        KarlLinearProbeTransformer probe = context.MulticlassClassification.Trainers
            .KarlLinearProbe(options: new() { Standardize = false, L2Regularization = 0.1f }).Fit(Labelled(context, points));
        TensorAssert.AreClose(SlowProbe.Train(points, 0.1), [.. probe.Weights], 2e-3);
    }

    [TestMethod]
    public void Fit_Standardized_DoesNotDependOnTheScaleOfFeatures()
    {
        MLContext context = new(seed: 1);
        Point[] points = Clusters(120), scaled = [.. points.Select(point => new Point { Label = point.Label, Features = [point.Features[0] * 1000, (point.Features[1] / 500) + 7, point.Features[2] * 40] })];
        float[][] scores = Scores(points), same = Scores(scaled);
        for (int index = 0; index < scores.Length; index++)
        {
            TensorAssert.AreClose(scores[index], same[index], 5e-3);
        }

        float[][] Scores(Point[] rows) =>
            [.. context.MulticlassClassification.Trainers.KarlLinearProbe().Fit(Labelled(context, rows)).Transform(Labelled(context, rows)).GetColumn<float[]>("Score")];
    }

    [TestMethod]
    public void Fit_FeatureThatDoesNotChange_SaysNothing()
    {
        MLContext context = new(seed: 1);
        Point[] points = [.. Clusters(60).Select(point => new Point { Label = point.Label, Features = [point.Features[0], point.Features[1], 3] })];
        KarlLinearProbeTransformer probe = context.MulticlassClassification.Trainers.KarlLinearProbe().Fit(Labelled(context, points));
        Assert.IsTrue(Enumerable.Range(0, 3).All(which => probe.Weights[(which * 4) + 2] == 0));
    }

    [TestMethod]
    public void Schema_NamesTheClasses()
    {
        MLContext context = new(seed: 1);
        IDataView view = context.MulticlassClassification.Trainers.KarlLinearProbe().Fit(Labelled(context, Clusters(30))).Transform(Labelled(context, Clusters(30)));
        VBuffer<ReadOnlyMemory<char>> names = default, values = default;
        view.Schema["Score"].Annotations.GetValue("SlotNames", ref names);
        view.Schema["PredictedLabel"].Annotations.GetValue("KeyValues", ref values);
        CollectionAssert.AreEqual(new[] { "a", "b", "c" }, names.DenseValues().Select(name => name.ToString()).ToArray());
        CollectionAssert.AreEqual(new[] { "a", "b", "c" }, values.DenseValues().Select(name => name.ToString()).ToArray());
    }

    [TestMethod]
    public void Fit_RowsWithoutLabelOrFeature_AreLeftOut_AndPredictedAsMissing()
    {
        MLContext context = new(seed: 1);
        Point[] points = Clusters(60);
        Point[] more = [.. points, new Point { Label = "a", Features = [float.NaN, 1, 1] }];
        KarlLinearProbeTransformer probe = context.MulticlassClassification.Trainers.KarlLinearProbe().Fit(Labelled(context, points));
        KarlLinearProbeTransformer same = context.MulticlassClassification.Trainers.KarlLinearProbe().Fit(Labelled(context, more));
        CollectionAssert.AreEqual(probe.Weights, same.Weights);
        Assert.AreEqual(0u, same.Transform(Labelled(context, more)).GetColumn<uint>("PredictedLabel").Last());
    }

    [TestMethod]
    public void Fit_ColumnsOfOtherTypes_SaysWhatWouldFit()
    {
        MLContext context = new(seed: 1);
        IDataView rows = context.Data.LoadFromEnumerable(Clusters(3));
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => context.MulticlassClassification.Trainers.KarlLinearProbe().Fit(rows));
        StringAssert.StartsWith(exception.Message, "Column 'Label' is text; a key of UInt32");
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => context.MulticlassClassification.Trainers.KarlLinearProbe(featureColumnName: "Absent").Fit(rows)).Message,
            "There is no column 'Absent'");
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => context.MulticlassClassification.Trainers.KarlLinearProbe(options: new() { Momentum = 1, Epochs = 0 })).Message, "Epochs is 0");
    }

    private static IDataView Labelled(MLContext context, Point[] points)
    {
        IDataView rows = context.Data.LoadFromEnumerable(points);
        return context.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(rows).Transform(rows);
    }

    private static Point[] Clusters(int count)
    {
        Random random = new(5);
        return [.. Enumerable.Range(0, count).Select(index => new Point
        {
            Label = "abc"[index % 3].ToString(),
            Features = [(float)((3 * Math.Sin(2 * index % 3 * Math.PI / 1.5)) + random.NextDouble()), (float)((3 * Math.Cos(2 * index % 3 * Math.PI / 1.5)) + random.NextDouble()), (float)random.NextDouble() - 0.5f],
        })];
    }
}

/// <summary>A row with a class and numbers.</summary>
internal sealed class Point
{
    public string Label { get; set; } = string.Empty;

    [VectorType(3)]
    public float[] Features { get; set; } = [];
}
