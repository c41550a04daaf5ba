using Karl.Experiments.Internals;
using Karl.Tokenizers.Demonstration;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;

namespace Karl.Experiments.Tests;

[TestClass]
public sealed class CompressedRivalsTests
{
    private static readonly RgbImage Scene = DemonstrationImages.All[3].Draw(64);

    [TestMethod]
    public void Best_MoreBytes_ComesCloser()
    {
        double[] errors = [.. new double[] { 0, 40, 200, 2000, 20000 }.Select(bytes => CompressedRivals.Best(Scene, bytes, ImageWriter.EncodeWebP, default).MeanAbsoluteError)];
        CollectionAssert.AreEqual(errors.OrderDescending().ToArray(), errors);
        Assert.IsGreaterThan(10 * errors[^1], errors[0]);
    }

    [TestMethod]
    public void Best_ManyBytes_IsTheFileOfTheHighestQuality()
    {
        RgbImage back = new ImageDecoder().Decode(ImageWriter.EncodeJpeg(Scene, 100));
        ImageComparison best = CompressedRivals.Best(Scene, 1e6, (image, quality) => ImageWriter.EncodeJpeg(image, Math.Max(1, quality)), default);
        Assert.AreEqual(ImageComparison.Between(Scene, back).MeanAbsoluteError, best.MeanAbsoluteError, 1e-12);
    }
}
