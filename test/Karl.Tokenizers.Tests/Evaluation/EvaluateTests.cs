using Karl.Testing;
using Karl.Tokenizers.Evaluation;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.Tests.Evaluation;

[TestClass]
public sealed class EvaluateTests
{
    private static readonly EvaluationOptions Few = new() { Budgets = [8, 64], Epsilons = [0.05f, 0.1f], MostTokens = 40 };

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Evaluate_SomeImages_MeasuresWhatTokenizingAndBackGive(bool quantized)
    {
        using TemporaryFolder folder = new();
        string[] paths = Write(folder, 11);
        using ImageTokenizer tokenizer = TinyTokenizers.Load(quantized);
        EvaluationReport report = tokenizer.Evaluate(paths, Few);
        Assert.AreEqual(11, report.Images.Length);
        Assert.AreEqual("8 tokens, 64 tokens, epsilon 0.05, epsilon 0.1", string.Join(", ", report.Settings));
        TokenizeOptions[] options =
        [
            new() { Budget = 8, Epsilon = 0, HaltingThreshold = 1 },
            new() { Budget = 64, Epsilon = 0, HaltingThreshold = 1 },
            new() { Budget = 40, Epsilon = 0.05f },
            new() { Budget = 40, Epsilon = 0.1f },
        ];
        ImagePreprocessor preprocessor = new(new ImagePreprocessorOptions { Size = TinyModel.ImageSize });
        for (int index = 0; index < paths.Length; index++)
        {
            RgbImage seen = preprocessor.Process(new ImageDecoder().Decode(paths[index]));
            Assert.AreEqual(paths[index], report.Images[index].Path);
            Assert.AreEqual(ImageWriter.EncodeJpeg(seen, 75).Length, report.Images[index].JpegBytes);
            for (int setting = 0; setting < options.Length; setting++)
            {
                TokenSequence tokens = tokenizer.Encode(seen, options[setting]);
                EvaluationResult result = report.Images[index].Results[setting];
                Assert.AreEqual((tokens.Count, tokens.Bits), (result.Tokens, result.Bits));
                Assert.AreEqual(new ModelRuns(1, 1), result.Runs);
                Assert.AreEqual(Error(tokenizer, seen, tokens), result.Error, "before clamping and rounding");
                Assert.AreEqual(ImageComparison.Between(seen, tokenizer.Decode(tokens)), result.Reconstruction);
                Assert.IsLessThanOrEqualTo(Math.Max(24, tokens.Bits), result.Thumbnail.Side * result.Thumbnail.Side * 24.0);
                RgbImage small = ImageResizer.Resize(seen, result.Thumbnail.Side, result.Thumbnail.Side);
                Assert.AreEqual(ImageComparison.Between(seen, ImageResizer.Resize(small, seen.Width, seen.Height)), result.Thumbnail.Comparison);
            }
        }

        Assert.AreEqual(8, report.Rows[0].Tokens.Mean);
        Assert.AreEqual(new Spread(64, 64, 64), report.Rows[1].Tokens);
        Assert.AreEqual(quantized ? 64 * 6 / 8.0 : 64 * 12 * 4, report.Rows[1].MeanBytes);
        Assert.IsNull(report.Rows[0].Violations);
        Assert.IsNull(report.Rows[0].JpegCorrelation);
        Assert.AreEqual(report.Images.Average(image => image.Results[2].Reconstruction.MeanAbsoluteError), report.Rows[2].Reconstruction.AbsoluteError, 1e-12);
        Assert.AreEqual(report.Images.Average(image => image.Results[3].Error > 0.1 ? 1.0 : 0), report.Rows[3].Violations!.Share, 1e-12);
    }

    [TestMethod]
    public void Evaluate_BrokenImages_AreCountedAndLeftOut()
    {
        using TemporaryFolder folder = new();
        string[] paths = [.. Write(folder, 3), folder["broken.png"], folder["missing.png"]];
        File.WriteAllText(folder["broken.png"], "no image");
        using ImageTokenizer tokenizer = TinyTokenizers.Load();
        List<EvaluatedImage> heard = [];
        EvaluationReport report = tokenizer.Evaluate(paths, Few, "tiny", heard.Add);
        Assert.AreEqual(3, report.Images.Length);
        Assert.AreEqual(2, report.BrokenCount);
        CollectionAssert.AreEqual(paths, heard.Select(image => image.Path).ToArray());
        CollectionAssert.AreEqual(new[] { true, true, true, false, false }, heard.Select(image => image.Problem is null).ToArray());
        StringAssert.StartsWith(report.ToString(), "tiny; 3 images, 2 more could not be read\n");
    }

    [TestMethod]
    public void Evaluate_NoReadableImage_IsAReportWithoutNumbers()
    {
        using TemporaryFolder folder = new();
        using ImageTokenizer tokenizer = TinyTokenizers.Load();
        EvaluationReport report = tokenizer.Evaluate([folder["missing.png"]], Few);
        Assert.IsTrue(double.IsNaN(report.Rows[0].Reconstruction.AbsoluteError));
        StringAssert.Contains(report.ToString(), " - |");
        new EvaluationFolder(folder["out"]).Write(report);
    }

    [TestMethod]
    public void Evaluate_ImpossibleOptions_ListsAllProblems()
    {
        using ImageTokenizer tokenizer = TinyTokenizers.Load();
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(
            () => tokenizer.Evaluate([], new EvaluationOptions { Budgets = [0, 4000], Epsilons = [float.NaN, -1] }));
        foreach (string problem in new[] { "budget is 0", "budget is 4000", "epsilon is NaN", "epsilon is -1" })
        {
            StringAssert.Contains(exception.Message, problem);
        }

        exception = Assert.ThrowsExactly<ArgumentException>(() => tokenizer.Evaluate([], new EvaluationOptions { Budgets = [], Epsilons = [] }));
        StringAssert.Contains(exception.Message, "neither a budget nor an epsilon");
    }

    [TestMethod]
    public void Evaluate_NothingAskedFor_GoesByTheModelsDefaults()
    {
        using ImageTokenizer tokenizer = TinyTokenizers.Load();
        CollectionAssert.AreEqual(new[] { 4, 8, 16, 32 }, tokenizer.Evaluate([]).Settings.Where(setting => setting.Epsilon is null).Select(setting => setting.Budget).ToArray());
        CollectionAssert.AreEqual(new[] { 0.03f, 0.05f, 0.07f, 0.09f }, tokenizer.Evaluate([]).Settings.Where(setting => setting.Epsilon is not null).Select(setting => setting.Epsilon!.Value).ToArray());
    }

    [TestMethod]
    public void Evaluate_Cancelled_Stops()
    {
        using TemporaryFolder folder = new();
        using ImageTokenizer tokenizer = TinyTokenizers.Load();
        using CancellationTokenSource stop = new();
        string[] paths = Write(folder, 30);
        int heard = 0;
        Assert.Throws<OperationCanceledException>(() => tokenizer.Evaluate(
            paths,
            Few,
            progress: _ =>
            {
                heard++;
                stop.Cancel();
            },
            cancellationToken: stop.Token));
        Assert.IsLessThan(30, heard);
    }

    [TestMethod]
    public void Write_AReport_IsTablesAndCharts()
    {
        using TemporaryFolder folder = new();
        using ImageTokenizer tokenizer = TinyTokenizers.Load();
        EvaluationReport report = tokenizer.Evaluate(Write(folder, 4), Few);
        new EvaluationFolder(folder["out"]).Write(report);
        Assert.AreEqual(report.ToString(), File.ReadAllText(folder["out", "report.md"]));
        string[] summary = File.ReadAllLines(folder["out", "summary.csv"]), images = File.ReadAllLines(folder["out", "images.csv"]);
        Assert.HasCount(1 + 4, summary);
        Assert.HasCount(1 + (4 * 4), images);
        Assert.IsTrue(summary.All(line => line.Split(',').Length == 21), string.Join('\n', summary));
        Assert.IsTrue(images.All(line => line.Split(',').Length == 15), string.Join('\n', images));
        Assert.AreEqual((960, 600), Size(folder["out", "closeness.png"]));
        Assert.AreEqual((960, 600), Size(folder["out", "complexity.png"]));
        Assert.HasCount(5, Directory.GetFiles(folder["out"]));
    }

    private static double Error(ImageTokenizer tokenizer, RgbImage seen, TokenSequence tokens)
    {
        float[] original = new float[seen.Pixels.Length], back = new float[original.Length];
        PlanarPixels.FromImage(seen, original);
        tokenizer.Decode(tokens, back);
        return ImageMetrics.MeanAbsoluteError(original, back);
    }

    private static (int Width, int Height) Size(string path)
    {
        RgbImage image = new ImageDecoder().Decode(path);
        return (image.Width, image.Height);
    }

    private static string[] Write(TemporaryFolder folder, int count)
    {
        RgbImage[] images = TinyTokenizers.Images(count);
        string[] paths = [.. images.Select((_, index) => folder[$"{index:00}.png"])];
        for (int index = 0; index < count; index++)
        {
            ImageWriter.Write(images[index], paths[index]);
        }

        return paths;
    }
}
