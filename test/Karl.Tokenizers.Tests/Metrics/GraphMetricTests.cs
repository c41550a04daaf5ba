using Karl.Graphs;
using Karl.Graphs.Onnx;
using Karl.Testing;
using Karl.Tokenizers.Evaluation;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.Tests.Metrics;

[TestClass]
public sealed class GraphMetricTests
{
    [TestMethod]
    [DataRow("batch", "height", "width")]
    [DataRow("1", "height", "width")]
    [DataRow("batch", "20", "20")]
    public void Compare_AGraphOfTheMeanAbsoluteDifference_GivesIt(string batch, string height, string width)
    {
        using TemporaryFolder folder = new();
        Write(folder["l1.onnx"], (first, second) => (first - second).Abs().ReduceMean([1, 2, 3]), batch, height, width);
        using GraphMetric metric = GraphMetric.Load("l1", folder["l1.onnx"]);
        RgbImage[] images = [.. TinyTokenizers.Images(6).Select(image => ImageResizer.Resize(image, 20, 20))];
        double[] results = metric.Compare(images[..3], images[3..]);
        for (int index = 0; index < 3; index++)
        {
            Assert.AreEqual(ImageMetrics.MeanAbsoluteError(images[index], images[index + 3]), results[index], 1e-6);
        }
    }

    [TestMethod]
    public void Compare_WithARange_GivesImagesInThatRange()
    {
        using TemporaryFolder folder = new();
        Write(folder["least.onnx"], (first, second) => first.ReduceMin([1, 2, 3]) * 10 + second.ReduceMax([1, 2, 3]), "batch", "height", "width");
        using GraphMetric metric = GraphMetric.Load("least", folder["least.onnx"], new GraphMetricOptions { Least = -1, Most = 3 });
        RgbImage black = new(16, 16), white = new(16, 16);
        white.Pixels.Span.Fill(255);
        Assert.AreEqual((-1 * 10) + 3, metric.Compare([black], [white])[0], 1e-5);
    }

    [TestMethod]
    public void Compare_AFixedSize_BringsImagesToIt()
    {
        using TemporaryFolder folder = new();
        Write(folder["one.onnx"], (first, second) => (first * second).ReduceSum([1, 2, 3]), "batch", "8", "12");
        using GraphMetric metric = GraphMetric.Load("one", folder["one.onnx"]);
        RgbImage white = new(30, 17);
        white.Pixels.Span.Fill(255);
        Assert.AreEqual(3 * 8 * 12, metric.Compare([white], [white])[0], 1e-3);
    }

    [TestMethod]
    public void Load_WhatIsNoSuchGraph_SaysWhatWasFound()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["text.onnx"], "no graph");
        Graph three = new("three");
        three.Output("out", new[] { "a", "b", "c" }.Select(name => three.Input(name, ElementType.Float32, "batch", 3, 8, 8)).Aggregate((sum, image) => sum + image));
        File.WriteAllBytes(folder["three.onnx"], OnnxWriter.ToBytes(three));
        Graph grey = new("grey");
        grey.Output("out", grey.Input("first", ElementType.Float32, "batch", 1, 8, 8).ReduceMean([1, 2, 3]) + grey.Input("second", ElementType.Float32, "batch", 1, 8, 8).ReduceMean([1, 2, 3]));
        File.WriteAllBytes(folder["grey.onnx"], OnnxWriter.ToBytes(grey));
        AssertRefused("text.onnx", "cannot be loaded");
        AssertRefused("three.onnx", "it takes 3 inputs (a, b, c); two images, or one for features, were expected");
        AssertRefused("grey.onnx", "'first' [any, 1, 8, 8]");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => GraphMetric.Load("a b", folder["grey.onnx"])).Message, "'a b'");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => GraphMetric.Load("a", folder["grey.onnx"], new GraphMetricOptions { Least = 1, Size = 0 })).Message, "size is 0");

        void AssertRefused(string file, string message) =>
            StringAssert.Contains(Assert.ThrowsExactly<KarlFormatException>(() => GraphMetric.Load("m", folder[file])).Message, message);
    }

    [TestMethod]
    public void Compare_AGraphThatGivesMoreThanANumberAPair_IsAFailure()
    {
        using TemporaryFolder folder = new();
        Write(folder["many.onnx"], (first, second) => (first - second).ReduceMean([2, 3]), "batch", "height", "width");
        using GraphMetric metric = GraphMetric.Load("many", folder["many.onnx"]);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => metric.Compare([new RgbImage(9, 9)], [new RgbImage(9, 9)])).Message, "gave 3 numbers for 1 pairs");
    }

    [TestMethod]
    public void Evaluate_WithAMetric_ReportsItsMeanAndItsFile()
    {
        using TemporaryFolder folder = new();
        Write(folder["l1.onnx"], (first, second) => (first - second).Abs().ReduceMean([1, 2, 3]), "batch", "height", "width");
        RgbImage[] images = TinyTokenizers.Images(3);
        string[] paths = [.. images.Select((image, index) =>
        {
            ImageWriter.Write(image, folder[$"{index}.png"]);
            return folder[$"{index}.png"];
        })];
        using GraphMetric metric = GraphMetric.Load("mine", folder["l1.onnx"]);
        using ImageTokenizer tokenizer = TinyTokenizers.Load();
        EvaluationReport report = tokenizer.Evaluate(paths, new EvaluationOptions { Budgets = [8], Epsilons = [0.1f], Metrics = [metric] });
        foreach (EvaluationRow row in report.Rows)
        {
            Assert.AreEqual(row.Reconstruction.AbsoluteError, row.Metrics.Single(), 1e-6);
        }

        StringAssert.Contains(report.ToString(), $"mine is l1.onnx, SHA-256 {metric.Sha256[..16]}");
        new EvaluationFolder(folder["out"]).Write(report);
        StringAssert.EndsWith(File.ReadLines(folder["out", "images.csv"]).First(), $",mine (l1.onnx {metric.Sha256[..16]})");
        Assert.IsTrue(File.ReadLines(folder["out", "summary.csv"]).All(line => line.Split(',').Length == File.ReadLines(folder["out", "summary.csv"]).First().Split(',').Length));
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => tokenizer.Evaluate(paths, new EvaluationOptions { Metrics = [metric, metric] })).Message, "2 metrics are called 'mine'");
    }

    [TestMethod]
    [DataRow("batch")]
    [DataRow("1")]
    public void Evaluate_WithFeatures_ReportsTheDistanceOfAllImagesTogether(string batch)
    {
        using TemporaryFolder folder = new();
        Graph graph = new("features");
        graph.Output("features", graph.Input("image", ElementType.Float32, Length(batch), 3, Dimension.Named("height"), Dimension.Named("width")).ReduceMean([2, 3]));
        File.WriteAllBytes(folder["means.onnx"], OnnxWriter.ToBytes(graph));
        RgbImage[] images = TinyTokenizers.Images(5);
        for (int index = 0; index < images.Length; index++)
        {
            ImageWriter.Write(images[index], folder[$"{index}.png"]);
        }

        using GraphMetric metric = GraphMetric.Load("frechet", folder["means.onnx"], new GraphMetricOptions { Most = 10 });
        Assert.IsTrue(metric.IsOfFeatures);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => metric.Compare(images, images)).Message, "features of one image");
        using ImageTokenizer tokenizer = TinyTokenizers.Load();
        FeatureStatistics originals = new(), others = new();
        foreach (RgbImage image in images)
        {
            RgbImage back = tokenizer.Decode(tokenizer.Encode(image, TokenizeOptions.Exactly(8)));
            Array.ForEach(metric.Features([tokenizer.Preprocess(image)]), vector => originals.Add(vector));
            Array.ForEach(metric.Features([back]), vector => others.Add(vector));
        }

        EvaluationReport report = tokenizer.Evaluate(Directory.GetFiles(folder.FullPath, "*.png"), new EvaluationOptions { Budgets = [4, 8], Epsilons = [], Metrics = [metric] });
        Assert.AreEqual(originals.FrechetDistanceTo(others), report.Rows[1].Metrics.Single(), 1e-6);
        Assert.AreNotEqual(report.Rows[0].Metrics.Single(), report.Rows[1].Metrics.Single());
        Assert.IsTrue(report.Images.All(image => double.IsNaN(image.Results[0].Metrics.Single())));
        EvaluationReport single = tokenizer.Evaluate([folder["0.png"]], new EvaluationOptions { Budgets = [8], Epsilons = [], Metrics = [metric] });
        Assert.IsTrue(double.IsNaN(single.Rows[0].Metrics.Single()));
    }

    private static void Write(string path, Func<Tensor, Tensor, Tensor> compute, string batch, string height, string width)
    {
        Graph graph = new("metric");
        Dimension[] shape = [Length(batch), 3, Length(height), Length(width)];
        graph.Output("value", compute(graph.Input("original", ElementType.Float32, shape), graph.Input("image", ElementType.Float32, shape)));
        File.WriteAllBytes(path, OnnxWriter.ToBytes(graph));
    }

    private static Dimension Length(string text) => long.TryParse(text, out long number) ? number : Dimension.Named(text);
}
