using Karl.Testing;
using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Tests.Imaging;

[TestClass]
public sealed class ImageDecoderTests
{
    private static readonly ImageDecoder Decoder = new();

    [TestMethod]
    public void Decode_EveryAcceptedKind_GivesTheImageBack()
    {
        RgbImage image = TestImages.Waves(83, 47);
        foreach ((string kind, byte[] file) in TestImages.EncodedInEveryWay(image))
        {
            RgbImage decoded = Decoder.Decode(file, kind);
            Assert.AreEqual("83 x 47 RGB", decoded.ToString(), kind);
            double mean = image.Pixels.ToArray().Zip(decoded.Pixels.ToArray()).Average(pair => Math.Abs(pair.First - pair.Second));
            bool lossy = kind.Contains("JPEG", StringComparison.Ordinal) || kind.Contains("lossy", StringComparison.Ordinal) || kind == "GIF";
            Assert.IsLessThanOrEqualTo(lossy ? 12.0 : 0.0, mean, kind);
        }
    }

    [TestMethod]
    public void Decode_FromPathStreamAndMemory_IsTheSame()
    {
        using TemporaryFolder folder = new();
        RgbImage image = TestImages.Noise(31, 17);
        ImageWriter.Write(image, folder["a", "b.png"]);
        byte[] file = File.ReadAllBytes(folder["a", "b.png"]);
        using UnseekableStream stream = new(file);
        CollectionAssert.AreEqual(image.Pixels.ToArray(), Decoder.Decode(folder["a", "b.png"]).Pixels.ToArray());
        CollectionAssert.AreEqual(image.Pixels.ToArray(), Decoder.Decode(stream).Pixels.ToArray());
        CollectionAssert.AreEqual(image.Pixels.ToArray(), Decoder.Decode(file).Pixels.ToArray());
        Assert.HasCount(1, Directory.GetFiles(folder["a"]));
    }

    [TestMethod]
    public void Decode_Grey_IsReplicated() =>
        AssertPixels(PngFile.Write(2, 1, 8, PngFile.Grey, [7, 200]), 7, 7, 7, 200, 200, 200);

    [TestMethod]
    public void Decode_OneBit_IsBlackAndWhite() =>
        AssertPixels(PngFile.Write(2, 1, 1, PngFile.Grey, [0b0100_0000]), 0, 0, 0, 255, 255, 255);

    [TestMethod]
    public void Decode_Palette_IsExpanded() =>
        AssertPixels(PngFile.Write(2, 1, 8, PngFile.Palette, [1, 0], ("PLTE", [9, 8, 7, 60, 50, 40])), 60, 50, 40, 9, 8, 7);

    [TestMethod]
    public void Decode_SixteenBits_AreDividedBy257AndRounded() =>
        AssertPixels(PngFile.Write(1, 1, 16, PngFile.Rgb, [0, 128, 0, 129, 0xFF, 0xFF]), 0, 1, 255);

    [TestMethod]
    public void Decode_SixteenBitGrey_IsReplicated() =>
        AssertPixels(PngFile.Write(1, 1, 16, PngFile.Grey, [0x80, 0x80]), 128, 128, 128);

    [TestMethod]
    public void Decode_Alpha_IsDroppedByDefault()
    {
        AssertPixels(PngFile.Write(1, 1, 8, PngFile.RgbAlpha, [10, 20, 30, 0]), 10, 20, 30);
        AssertPixels(PngFile.Write(1, 1, 8, PngFile.GreyAlpha, [99, 5]), 99, 99, 99);
        AssertPixels(PngFile.Write(1, 1, 8, PngFile.Palette, [0], ("PLTE", [9, 8, 7]), ("tRNS", [0])), 9, 8, 7);
    }

    [TestMethod]
    public void Decode_AlphaWithBackground_IsComposited()
    {
        ImageDecoder decoder = new(new ImageDecoderOptions { Background = new RgbColor(255, 255, 0) });
        byte[] rgb = PngFile.Write(2, 1, 8, PngFile.RgbAlpha, [10, 20, 30, 0, 100, 100, 100, 51]);
        CollectionAssert.AreEqual(new byte[] { 255, 255, 0, 224, 224, 20 }, decoder.Decode(rgb).Pixels.ToArray());
        byte[] wideGrey = PngFile.Write(1, 1, 16, PngFile.GreyAlpha, [0x40, 0x40, 0x80, 0x80]);
        CollectionAssert.AreEqual(new byte[] { 159, 159, 32 }, decoder.Decode(wideGrey).Pixels.ToArray());
    }

    [TestMethod]
    [DataRow(1, 3, 2, new byte[] { 1, 2, 3, 4, 5, 6 })]
    [DataRow(2, 3, 2, new byte[] { 3, 2, 1, 6, 5, 4 })]
    [DataRow(3, 3, 2, new byte[] { 6, 5, 4, 3, 2, 1 })]
    [DataRow(4, 3, 2, new byte[] { 4, 5, 6, 1, 2, 3 })]
    [DataRow(5, 2, 3, new byte[] { 1, 4, 2, 5, 3, 6 })]
    [DataRow(6, 2, 3, new byte[] { 4, 1, 5, 2, 6, 3 })]
    [DataRow(7, 2, 3, new byte[] { 6, 3, 5, 2, 4, 1 })]
    [DataRow(8, 2, 3, new byte[] { 3, 6, 2, 5, 1, 4 })]
    public void Decode_Orientation_IsUndone(int orientation, int width, int height, byte[] expected)
    {
        byte[] file = PngFile.Write(3, 2, 8, PngFile.Grey, [1, 2, 3, 4, 5, 6], ("eXIf", JpegFile.Exif(orientation)));
        RgbImage upright = Decoder.Decode(file);
        Assert.AreEqual((width, height), (upright.Width, upright.Height));
        CollectionAssert.AreEqual(expected, upright.Pixels.ToArray().Where((_, index) => index % 3 == 0).ToArray());
    }

    [TestMethod]
    public void Decode_OrientationInJpeg_IsUndoneUnlessSwitchedOff()
    {
        byte[] file = JpegFile.WithOrientation(ImageWriter.EncodeJpeg(TestImages.Waves(40, 24)), 6);
        Assert.AreEqual("24 x 40 RGB", Decoder.Decode(file).ToString());
        Assert.AreEqual("40 x 24 RGB", new ImageDecoder(new ImageDecoderOptions { ApplyOrientation = false }).Decode(file).ToString());
    }

    [TestMethod]
    public void Decode_CmykJpeg_IsPaperLessInk()
    {
        // Full cyan with a quarter of black, as inks; files store them inverted.
        RgbImage decoded = Decoder.Decode(JpegFile.Cmyk(16, 16, cyan: 255, magenta: 0, yellow: 0, black: 64));
        int[] pixel = [.. decoded.Pixels.ToArray().Take(3).Select(value => (int)value)];
        Assert.IsLessThanOrEqualTo(3, pixel[0]);
        Assert.IsInRange(188, 194, pixel[1]);
        Assert.IsInRange(188, 194, pixel[2]);
    }

    [TestMethod]
    public void Decode_ManyAtOnce_GivesEachItsOwn()
    {
        byte[][] files = [.. Enumerable.Range(0, 40).Select(i => ImageWriter.EncodePng(TestImages.Noise(50 + i, 60, i)))];
        Parallel.For(0, 200, i => CollectionAssert.AreEqual(
            TestImages.Noise(50 + (i % 40), 60, i % 40).Pixels.ToArray(), Decoder.Decode(files[i % 40]).Pixels.ToArray()));
    }

    private static void AssertPixels(byte[] file, params byte[] expected) =>
        CollectionAssert.AreEqual(expected, Decoder.Decode(file).Pixels.ToArray());

    private sealed class UnseekableStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();
    }
}
