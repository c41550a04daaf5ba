using System.Diagnostics;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.Tests.Imaging;

namespace Karl.Tokenizers.Tests.Metrics;

[TestClass]
public sealed class ImageMetricsTests
{
    [TestMethod]
    public void Between_EqualImages_IsPerfect()
    {
        RgbImage image = TestImages.Waves(40, 30);
        ImageComparison comparison = ImageComparison.Between(image, TestImages.Waves(40, 30));
        Assert.AreEqual(0, comparison.MeanAbsoluteError);
        Assert.AreEqual(0, comparison.MeanSquaredError);
        Assert.AreEqual(double.PositiveInfinity, comparison.PeakSignalToNoiseRatio);
        Assert.AreEqual(1, comparison.StructuralSimilarity, 1e-12);
    }

    [TestMethod]
    public void Between_FlatImages_HasTheValuesOfTheFormulas()
    {
        ImageComparison comparison = ImageComparison.Between(Flat(51), Flat(102));
        Assert.AreEqual(0.2, comparison.MeanAbsoluteError, 1e-12);
        Assert.AreEqual(0.04, comparison.MeanSquaredError, 1e-12);
        Assert.AreEqual(13.9794000867, comparison.PeakSignalToNoiseRatio, 1e-9);
        Assert.AreEqual(((2 * 0.2 * 0.4) + 0.0001) / ((0.2 * 0.2) + (0.4 * 0.4) + 0.0001), comparison.StructuralSimilarity, 1e-7);
        Assert.AreEqual("L1 0.2000, PSNR 13.98 dB, SSIM 0.8001", comparison.ToString());
    }

    [TestMethod]
    public void Between_BlackAndWhite_IsAsFarAsCanBe()
    {
        ImageComparison comparison = ImageComparison.Between(Flat(0), Flat(255));
        Assert.AreEqual(1, comparison.MeanAbsoluteError);
        Assert.AreEqual(0, comparison.PeakSignalToNoiseRatio, 1e-12);
        Assert.AreEqual(0.0001 / 1.0001, comparison.StructuralSimilarity, 1e-9);
    }

    [TestMethod]
    public void StructuralSimilarity_Negative_IsBelowZero()
    {
        RgbImage image = TestImages.Noise(32, 32), negative = new(32, 32);
        for (int index = 0; index < image.Pixels.Length; index++)
        {
            negative.Pixels.Span[index] = (byte)(255 - image.Pixels.Span[index]);
        }

        Assert.IsLessThan(-0.5, ImageMetrics.StructuralSimilarity(image, negative));
    }

    [TestMethod]
    [DataRow(11, 11)]
    [DataRow(12, 11)]
    [DataRow(11, 17)]
    [DataRow(13, 40)]
    [DataRow(18, 12)]
    [DataRow(27, 19)]
    [DataRow(34, 15)]
    [DataRow(53, 21)]
    public void StructuralSimilarity_OddSizes_AgreesWithTheDefinition(int width, int height)
    {
        RgbImage first = TestImages.Waves(width, height), second = TestImages.Waves(width, height, seed: 2), noise = TestImages.Noise(width, height);
        foreach (RgbImage other in new[] { second, noise })
        {
            double expected = ReferenceSimilarity.Mean(Planes(first), Planes(other), width, height);
            Assert.AreEqual(expected, ImageMetrics.StructuralSimilarity(first, other), 1e-12);
            Assert.AreEqual(expected, ImageMetrics.StructuralSimilarity(other, first), 1e-12);
        }
    }

    [TestMethod]
    public void Planes_OfAnImage_GiveWhatTheImageGives()
    {
        RgbImage first = TestImages.Waves(40, 33), second = TestImages.Noise(40, 33);
        float[] x = Planes(first), y = Planes(second);
        Assert.AreEqual(x.Zip(y, (a, b) => Math.Abs((double)a - b)).Average(), ImageMetrics.MeanAbsoluteError(first, second), 1e-7);
        Assert.AreEqual(x.Zip(y, (a, b) => Math.Pow((double)a - b, 2)).Average(), ImageMetrics.MeanSquaredError(first, second), 1e-7);
        Assert.AreEqual(ImageMetrics.MeanAbsoluteError(first, second), ImageMetrics.MeanAbsoluteError(x, y), 1e-7);
        Assert.AreEqual(ImageMetrics.MeanSquaredError(first, second), ImageMetrics.MeanSquaredError(x, y), 1e-7);
        Assert.AreEqual(ImageMetrics.PeakSignalToNoiseRatio(first, second), ImageMetrics.PeakSignalToNoiseRatio(x, y), 1e-5);
        Assert.AreEqual(ImageMetrics.StructuralSimilarity(first, second), ImageMetrics.StructuralSimilarity(x, y, 40, 33));
        x[500] = float.NaN;
        Assert.IsTrue(double.IsNaN(ImageMetrics.StructuralSimilarity(x, y, 40, 33)));
    }

    [TestMethod]
    public void Metrics_SizesThatCannotBeCompared_SayWhy()
    {
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => ImageMetrics.MeanAbsoluteError(Flat(1), new RgbImage(16, 20))).Message, "20 x 20 and 16 x 20");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => ImageMetrics.StructuralSimilarity(new RgbImage(10, 20), new RgbImage(10, 20))).Message, "at least 11 x 11");
        Assert.ThrowsExactly<ArgumentException>(() => ImageMetrics.MeanSquaredError([], []));
        Assert.ThrowsExactly<ArgumentException>(() => ImageMetrics.MeanSquaredError(new float[3], new float[4]));
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => ImageMetrics.StructuralSimilarity(new float[500], new float[500], 20, 20)).Message, "multiple of 20 x 20");
    }

    [TestMethod]
    [TestCategory("Speed")]
    public void Between_ImagesOfAModel_TakesMilliseconds()
    {
        RgbImage first = TestImages.Waves(256, 256), second = TestImages.Noise(256, 256);
        ImageComparison.Between(first, second);
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < 50; round++)
        {
            ImageComparison.Between(first, second);
        }

        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds / 50;
        Console.WriteLine($"{milliseconds:0.00} ms a pair of 256 x 256");
        Assert.IsLessThan(40, milliseconds);
    }

    private static RgbImage Flat(byte value)
    {
        RgbImage image = new(20, 20);
        image.Pixels.Span.Fill(value);
        return image;
    }

    private static float[] Planes(RgbImage image)
    {
        float[] planes = new float[image.Pixels.Length];
        PlanarPixels.FromImage(image, planes);
        return planes;
    }
}
