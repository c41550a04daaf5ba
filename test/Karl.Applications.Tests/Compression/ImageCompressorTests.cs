using Karl.Applications.Compression;
using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Demonstration;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Tests.Compression;

[TestClass]
public sealed class ImageCompressorTests
{
    [TestMethod]
    public async Task CompressAsync_OfDemonstrationImages_SavesATenthAndComesBackAsTokenized()
    {
        using TemporaryFolder folder = new();
        string[] paths = [.. DemonstrationImages.All.Select(image => folder[image.Name + ".png"])];
        foreach ((string path, DemonstrationImage image) in paths.Zip(DemonstrationImages.All))
        {
            ImageWriter.Write(image.Draw(64), path);
        }

        File.WriteAllText(folder["broken.png"], "no image");
        using ImageTokenizer tokenizer = ImageTokenizer.LoadDefault(new ImageTokenizerOptions { Threads = 1, AllowSpinning = false });
        TokenArchiveSettings settings = TokenArchiveSettings.Of(tokenizer.Manifest, new TokenizeOptions(), IncludedModel.Default.FileName);
        TokenStatistics? statistics = TokenStatistics.Find(settings.Model);
        CompressionFolder output = new(folder["out"]);
        CompressionReport report;
        using (TokenArchiveWriter writer = TokenArchiveWriter.Create(output.ArchivePath, settings, statistics))
        {
            report = await ImageCompressor.CompressAsync(tokenizer, [.. paths, folder["broken.png"]], writer, statistics);
            writer.Complete();
        }

        output.Write(report);
        Assert.AreEqual((7, 1), (report.Images.Length, report.BrokenCount));
        Assert.AreEqual(new FileInfo(output.ArchivePath).Length, report.FileBytes);
        Assert.IsLessThan(0.9, 8 * report.TokenBytes / report.PlainBits);
        Assert.IsInRange(1.0, 1.03, 8 * report.TokenBytes / report.IdealBits);
        StringAssert.Contains(report.ToString(), "% saved");
        CollectionAssert.AreEquivalent(new[] { "images.csv", "images.kt", "report.md", "sheet-1.png" }, Directory.GetFiles(folder["out"]).Select(Path.GetFileName).ToArray());

        using TokenArchive archive = TokenArchive.Open(output.ArchivePath);
        archive.RequireModel(tokenizer);
        for (int index = 0; index < paths.Length; index++)
        {
            RandomTokens.AssertSame(tokenizer.Encode(paths[index]), archive.Read(index));
            ComparedImage image = report.Images[index];
            Assert.AreEqual(archive.Entries[index], image.Entry);
            foreach (RivalResult rival in new[] { image.Jpeg!, image.WebP! })
            {
                Assert.IsTrue(new[] { rival.Whole, rival.AnySize }.All(one => one is null || one.Bytes <= image.Entry!.Bytes), "A rival takes no more bytes.");
                Assert.AreEqual(rival.AnySize is null, rival.Smallest.Bytes > image.Entry!.Bytes, "Only where not even the smallest fits is there none.");
                Assert.IsLessThanOrEqualTo(rival.SmallestWhole, rival.Smallest.Bytes);
            }
        }
    }

    [TestMethod]
    public async Task CompressAsync_WithAContinuousModel_KeepsLatentsWithinHalfAStep()
    {
        using TemporaryFolder folder = new();
        new TinyModel(quantized: false).Write(folder["tiny.karl"]);
        ImageWriter.Write(DemonstrationImages.All[^1].Draw(64), folder["a.png"]);
        using ImageTokenizer tokenizer = ImageTokenizer.Load(folder["tiny.karl"], new ImageTokenizerOptions { Threads = 1, AllowSpinning = false });
        TokenArchiveSettings settings = TokenArchiveSettings.Of(tokenizer.Manifest, new TokenizeOptions(), "tiny.karl", latentStep: 0.25f);
        MemoryStream stream = new();
        using TokenArchiveWriter writer = new(stream, settings);
        CompressionReport report = await ImageCompressor.CompressAsync(tokenizer, [folder["a.png"]], writer, statistics: null);
        writer.Complete();
        TokenSequence found = TokenArchive.Open(new MemoryStream(stream.ToArray()), "x.kt").Read(0), expected = tokenizer.Encode(folder["a.png"]);
        CollectionAssert.AreEqual(expected.Positions.ToArray(), found.Positions.ToArray());
        Assert.IsTrue(expected.Latents.Zip(found.Latents).All(pair => Math.Abs(pair.First - pair.Second) <= 0.125f + 1e-6f));
        Assert.IsNotNull(report.Images[0].Comparison);
    }

    [TestMethod]
    [DataRow(RivalFormat.Jpeg, 700)]
    [DataRow(RivalFormat.WebP, 300)]
    public void Rival_WithRoom_FillsItAsWellAsItCan(RivalFormat format, int room)
    {
        RgbImage image = DemonstrationImages.All.First(one => one.Name == "scene").Draw(64);
        RivalResult result = new Karl.Applications.Compression.Internals.RivalSearch(image, format, CancellationToken.None).Find(room, 0.05);
        Assert.IsNotNull(result.Whole);
        Assert.AreEqual(64, result.Whole.Side);
        Assert.IsLessThanOrEqualTo(room, result.Whole.Bytes);
        Assert.IsLessThanOrEqualTo(result.Whole.Comparison.MeanAbsoluteError, result.AnySize!.Comparison.MeanAbsoluteError);
        int better = format == RivalFormat.Jpeg ? ImageWriter.EncodeSmallJpeg(image, result.Whole.Quality + 1).Length : ImageWriter.EncodeWebP(image, result.Whole.Quality + 1).Length;
        Assert.IsGreaterThan(room, better, "The next quality would not fit.");
        Assert.IsNotNull(result.AsCloseBytes);
    }

    [TestMethod]
    public async Task CompressAsync_Cancelled_Stops()
    {
        using ImageTokenizer tokenizer = ImageTokenizer.LoadDefault(new ImageTokenizerOptions { Threads = 1, AllowSpinning = false });
        using TokenArchiveWriter writer = new(new MemoryStream(), TokenArchiveSettings.Of(tokenizer.Manifest, new TokenizeOptions(), "x"));
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            ImageCompressor.CompressAsync(tokenizer, ["a.png"], writer, null, cancellationToken: new CancellationToken(canceled: true)));
    }
}
