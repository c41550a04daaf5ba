using Karl.Applications.Complexity;
using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Tests.Complexity;

[TestClass]
public sealed class ComplexityMeterTests
{
    [TestMethod]
    public void Measure_DemonstrationImages_TellsNoiseFromStructure()
    {
        using Pictures pictures = new();
        using ImageTokenizer tokenizer = ImageTokenizer.LoadDefault();
        ComplexityReport report = ComplexityMeter.Measure(tokenizer, pictures.Demonstration("noise", "flat", "chessboard"));
        ImageComplexity flat = Of("flat"), chessboard = Of("chessboard"), noise = Of("noise");
        Assert.AreEqual(noise, report.Images[^1]);
        Assert.AreEqual(ComplexityReading.Simple, flat.Reading);
        Assert.AreEqual(ComplexityReading.Noise, noise.Reading);
        Assert.IsTrue(chessboard.Reading is ComplexityReading.Structure or ComplexityReading.RedundantStructure, chessboard.ToString());
        Assert.IsGreaterThan(5 * noise.GainShare, chessboard.GainShare);
        Assert.IsLessThan(noise.JpegBytes, flat.JpegBytes);

        ImageComplexity Of(string name) => report.Images.Single(image => Path.GetFileNameWithoutExtension(image.Path) == name);
    }

    [TestMethod]
    public void Measure_AnImage_GivesWhatTheTokenizerGives()
    {
        using Pictures pictures = new();
        using ImageTokenizer tokenizer = ImageTokenizer.LoadDefault();
        string path = pictures.Demonstration("scene")[0];
        ComplexityOptions options = new() { Epsilon = 0.1f, Budget = 40, SmallBudget = 4 };
        ImageComplexity image = ComplexityMeter.Measure(tokenizer, [path], options).Images.Single();
        TokenSequence tokens = tokenizer.Encode(path, new TokenizeOptions { Epsilon = 0.1f, Budget = 40 });
        Assert.AreEqual((tokens.Count, tokens.Bits), (image.Tokens, image.Bits));
        float[] seen = new float[3 * 64 * 64], back = new float[seen.Length];
        PlanarPixels.FromImage(new ImageDecoder().Decode(path), seen);
        foreach ((TokenizeOptions asked, double measured) in new[] { (new TokenizeOptions { Epsilon = 0.1f, Budget = 40 }, image.Error), (TokenizeOptions.Exactly(4), image.SmallError), (TokenizeOptions.Exactly(40), image.FullError) })
        {
            tokenizer.EncodeAndDecode(seen, back, asked);
            Assert.AreEqual(ImageMetrics.MeanAbsoluteError(seen, back), measured, 1e-6);
        }

        Assert.AreEqual(image.SmallError - image.FullError, image.Gain);
    }

    [TestMethod]
    public void Measure_MoreImagesThanABatchAndABrokenOne_CountsAllAndSortsThem()
    {
        using Pictures pictures = new();
        TinyModel model = new();
        model.Write(pictures["tiny.karl"]);
        using ImageTokenizer tokenizer = ImageTokenizer.Load(pictures["tiny.karl"]);
        List<string> paths = [];
        for (int index = 0; index < 35; index++)
        {
            RgbImage image = new(8, 8);
            image.Pixels.Span.Fill((byte)(7 * index));
            paths.Add(pictures.Write($"{index}.png", image));
        }

        paths.Insert(3, pictures["absent.png"]);
        List<ImageProgress> heard = [];
        ComplexityReport report = ComplexityMeter.Measure(tokenizer, paths, progress: heard.Add);
        Assert.AreEqual((35, 1), (report.Images.Length, report.BrokenCount));
        Assert.HasCount(36, heard);
        StringAssert.Contains(heard.Single(image => image.Problem is not null).Path, "absent.png");
        CollectionAssert.AreEqual(report.Images.Select(image => image.Tokens).Order().ToArray(), report.Images.Select(image => image.Tokens).ToArray());
        Assert.AreEqual(report.ToString(), ComplexityMeter.Measure(tokenizer, paths.AsEnumerable().Reverse()).ToString());
    }

    [TestMethod]
    public void Measure_OptionsThatCannotBe_SaysWhatWasExpected()
    {
        using ImageTokenizer tokenizer = ImageTokenizer.LoadDefault();
        StringAssert.Contains(Refused(new ComplexityOptions { SmallBudget = 64 }), "SmallBudget is 64");
        StringAssert.Contains(Refused(new ComplexityOptions { Budget = 65 }), "Budget is 65");
        StringAssert.Contains(Refused(new ComplexityOptions { NoiseShare = 0.7 }), "NoiseShare is 0.7");
        StringAssert.Contains(Refused(new ComplexityOptions { Epsilon = float.NaN }), "Epsilon is NaN");

        string Refused(ComplexityOptions options) => Assert.ThrowsExactly<ArgumentException>(() => ComplexityMeter.Measure(tokenizer, [], options)).Message;
    }
}
