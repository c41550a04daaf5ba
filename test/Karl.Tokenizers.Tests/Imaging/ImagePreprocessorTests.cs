using System.Diagnostics;
using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Tests.Imaging;

[TestClass]
public sealed class ImagePreprocessorTests
{
    [TestMethod]
    [DataRow(Resampling.Bicubic)]
    [DataRow(Resampling.Bilinear)]
    public void Process_ManyRandomSizes_EqualsTheSlowReference(Resampling resampling)
    {
        Random random = new(20250707);
        for (int round = 0; round < 250; round++)
        {
            int width = 1 + random.Next(round % 5 == 0 ? 12 : 180), height = 1 + random.Next(round % 7 == 0 ? 12 : 180), size = 1 + random.Next(50);
            RgbImage image = TestImages.Noise(width, height, round);
            byte[] ours = new ImagePreprocessor(new ImagePreprocessorOptions { Size = size, Resampling = resampling }).Process(image).Pixels.ToArray();
            CollectionAssert.AreEqual(ReferenceResizer.ResizeAndCrop(image, size, resampling), ours, $"{width} x {height} to {size}");
        }
    }

    [TestMethod]
    [DataRow(256, 300)]
    [DataRow(300, 256)]
    [DataRow(256, 256)]
    [DataRow(1, 1)]
    [DataRow(641, 479)]
    public void Process_AtFullSize_EqualsTheSlowReference(int width, int height)
    {
        RgbImage image = TestImages.Noise(width, height);
        CollectionAssert.AreEqual(ReferenceResizer.ResizeAndCrop(image, 256, Resampling.Bicubic), new ImagePreprocessor().Process(image).Pixels.ToArray());
    }

    [TestMethod]
    [DataRow(30000, 1)]
    [DataRow(1, 30000)]
    public void Process_AVeryLongImage_ComputesOnlyItsMiddle(int width, int height)
    {
        RgbImage image = TestImages.Noise(width, height);
        Stopwatch watch = Stopwatch.StartNew();
        RgbImage result = new ImagePreprocessor().Process(image);
        Assert.IsLessThan(2.0, watch.Elapsed.TotalSeconds);

        // One input pixel is stretched over 256: the middle of the result lies between the two pixels in the middle.
        int middle = 128 * (height == 1 ? 3 : 256 * 3);
        ReadOnlySpan<byte> pixels = image.Pixels.Span;
        int low = Math.Min(pixels[14999 * 3], pixels[15000 * 3]), high = Math.Max(pixels[14999 * 3], pixels[15000 * 3]);
        Assert.IsInRange(low - 32, high + 32, (int)result.Pixels.Span[middle]);
    }

    [TestMethod]
    public void Process_FlatImage_StaysFlat()
    {
        RgbImage image = new(333, 517);
        image.Pixels.Span.Fill(201);
        Assert.IsFalse(new ImagePreprocessor().Process(image).Pixels.Span.ContainsAnyExcept((byte)201));
    }

    [TestMethod]
    public void Process_CropOnlySmallImage_LiesInTheMiddleOfBlack()
    {
        RgbImage image = new(1, 2, new byte[] { 1, 2, 3, 4, 5, 6 });
        byte[] result = new ImagePreprocessor(new ImagePreprocessorOptions { Size = 4, Fit = ImageFit.CropOnly }).Process(image).Pixels.ToArray();
        byte[] expected = new byte[48];
        new byte[] { 1, 2, 3 }.CopyTo(expected, ((1 * 4) + 1) * 3);
        new byte[] { 4, 5, 6 }.CopyTo(expected, ((2 * 4) + 1) * 3);
        CollectionAssert.AreEqual(expected, result);
    }

    [TestMethod]
    public void Process_IntoFloats_EqualsBytesOver255InPlanes()
    {
        RgbImage image = TestImages.Waves(70, 50);
        ImagePreprocessor preprocessor = new(new ImagePreprocessorOptions { Size = 32 });
        RgbImage bytes = preprocessor.Process(image);
        float[] planes = new float[preprocessor.ValueCount + 5];
        preprocessor.Process(image, planes);
        for (int i = 0; i < 32 * 32 * 3; i++)
        {
            Assert.AreEqual(bytes.Pixels.Span[i] / 255f, planes[((i % 3) * 32 * 32) + (i / 3)]);
        }

        Assert.AreEqual(0f, planes[^1]);
    }

    [TestMethod]
    public void Process_TooSmallDestination_SaysWhatIsNeeded()
    {
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => new ImagePreprocessor().Process(TestImages.Noise(9, 9), new float[100]));
        Assert.Contains("[3, 256, 256] needs 196608", exception.Message);
    }
}
