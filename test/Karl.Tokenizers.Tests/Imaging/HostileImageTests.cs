using System.Text;
using Karl.Testing;
using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Tests.Imaging;

[TestClass]
public sealed class HostileImageTests
{
    [TestMethod]
    [Timeout(120_000)]
    public void Decode_CutAtEveryTenth_IsRefusedNotHalfGrey()
    {
        foreach ((string kind, byte[] file) in TestImages.EncodedInEveryWay(TestImages.Waves(211, 157)))
        {
            for (int tenth = 0; tenth < 10; tenth++)
            {
                Assert.IsNull(HostileImage.Decode(file[..(file.Length * tenth / 10)], $"{kind} {tenth * 10} %"), $"{kind} cut at {tenth * 10} % was accepted.");
            }
        }
    }

    [TestMethod]
    public void Decode_Empty_SaysSo() =>
        Assert.AreEqual(
            "Image 'x': found an empty file, wanted a JPEG, PNG, WebP, GIF or TIFF image; convert it to one of these or leave it out.",
            HostileImage.Refuse([]));

    [TestMethod]
    [DataRow("Dear reader, this is text.", "unknown data starting with 4465617220726561")]
    [DataRow("<svg xmlns='http://www.w3.org/2000/svg'/>", "text")]
    [DataRow("%PDF-1.7", "a PDF document")]
    [DataRow("BM1234", "a BMP image")]
    public void Decode_AnotherKindOfFile_SaysWhatItIs(string content, string found) =>
        Assert.Contains($"found {found}, wanted a JPEG", HostileImage.Refuse(Encoding.ASCII.GetBytes(content)));

    [TestMethod]
    [Timeout(60_000)]
    public void Decode_NothingAfterTheMagicBytes_IsRefused()
    {
        foreach (byte[] start in TestImages.EncodedInEveryWay(TestImages.Waves(9, 9)).Values.Select(file => file[..16]))
        {
            Assert.IsNull(HostileImage.Decode(start, "start"));
            Assert.IsNull(HostileImage.Decode([.. start, .. new byte[1000]], "start and zeros"));
            Assert.IsNull(HostileImage.Decode([.. start, .. Enumerable.Repeat((byte)0xFF, 1000)], "start and ones"));
        }
    }

    [TestMethod]
    [Timeout(60_000)]
    public void Decode_HugeDeclaredSize_IsRefusedFromTheHeader()
    {
        byte[] file = PngFile.Assemble(60_000, 50_000, 8, PngFile.Rgb, PngFile.Compress(new byte[100]));
        long before = GC.GetTotalAllocatedBytes(precise: true);
        Assert.Contains("found 60000 x 50000 pixels, wanted at most 100000000 in all", HostileImage.Refuse(file));
        Assert.IsLessThan(1_000_000, GC.GetTotalAllocatedBytes(precise: true) - before);
    }

    [TestMethod]
    [DataRow(0, 5)]
    [DataRow(5, 0)]
    [DataRow(-1, 5)]
    [DataRow(int.MaxValue, int.MaxValue)]
    [Timeout(60_000)]
    public void Decode_ImpossibleSize_IsRefused(int width, int height) =>
        HostileImage.Refuse(PngFile.Assemble(width, height, 8, PngFile.Rgb, PngFile.Compress(new byte[100])));

    [TestMethod]
    [Timeout(60_000)]
    public void Decode_BombBehindASmallHeader_IsNotUnpacked()
    {
        // 64 MB of zeros in 64 kB, declared as 2 x 2 pixels; then the same in a text chunk.
        byte[] bomb = PngFile.Compress(new byte[64 << 20]);
        RgbImage? image = HostileImage.Decode(PngFile.Assemble(2, 2, 8, PngFile.Rgb, bomb), "bomb");
        Assert.IsTrue(image is null or { Width: 2, Height: 2 });
        byte[] text = [.. "Comment\0\0"u8, .. bomb];
        byte[] honest = PngFile.Write(1, 1, 8, PngFile.Grey, [7], ("zTXt", text));
        RgbImage? commented = HostileImage.Decode(honest, "bomb in a comment");
        Assert.IsTrue(commented is null or { Width: 1, Height: 1 });
    }

    [TestMethod]
    [Timeout(60_000)]
    public void Decode_LargeImageFromFewBytes_GivesItsDeclaredSize()
    {
        byte[] file = PngFile.Write(3000, 1000, 1, PngFile.Grey, new byte[375 * 1000]);
        Assert.IsLessThan(2000, file.Length);
        Assert.AreEqual("3000 x 1000 RGB", HostileImage.Decode(file, "flat")!.ToString());
        Assert.Contains("found 3000 x 1000 pixels", HostileImage.Refuse(file, new ImageLimits { MaximumPixels = 2_999_999 }));
    }

    [TestMethod]
    public void Decode_FileBeyondTheLimit_IsRefusedUnread()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["long.png"], new byte[2000]);
        ImageDecoder decoder = new(new ImageDecoderOptions { Limits = new ImageLimits { MaximumFileBytes = 1000 } });
        KarlFormatException exception = Assert.ThrowsExactly<KarlFormatException>(() => decoder.Decode(folder["long.png"]));
        Assert.Contains("found at least 2000 bytes, wanted at most 1000", exception.Message);
        Assert.Contains("2000 bytes", Assert.ThrowsExactly<KarlFormatException>(() => decoder.Decode(new byte[2000])).Message);
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(30000, 1)]
    [DataRow(1, 30000)]
    public void Decode_ExtremeShapes_WorkInEveryKindThatHoldsThem(int width, int height)
    {
        RgbImage image = TestImages.Noise(width, height);
        foreach (byte[] file in new[] { ImageWriter.EncodePng(image), ImageWriter.EncodeJpeg(image) })
        {
            RgbImage decoded = HostileImage.Decode(file, "extreme")!;
            Assert.AreEqual(image.ToString(), decoded.ToString());
            Assert.AreEqual("256 x 256 RGB", new ImagePreprocessor().Process(decoded).ToString());
        }
    }

    [TestMethod]
    public void Decode_HarmlessTrailingBytes_AreIgnored()
    {
        RgbImage image = TestImages.Waves(40, 30);
        Assert.IsNotNull(HostileImage.Decode([.. ImageWriter.EncodeJpeg(image), .. new byte[500]], "JPEG"));
        Assert.IsNotNull(HostileImage.Decode([.. ImageWriter.EncodePng(image), .. new byte[500]], "PNG"));
    }
}
