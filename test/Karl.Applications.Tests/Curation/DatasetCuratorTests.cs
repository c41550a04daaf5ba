using Karl.Applications.Curation;
using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Demonstration;
using Karl.Tokenizers.Imaging;

namespace Karl.Applications.Tests.Curation;

[TestClass]
public sealed class DatasetCuratorTests
{
    [TestMethod]
    public void Curate_RecompressedAndResizedCopies_AreFoundAndTheLargestFileStays()
    {
        using Pictures pictures = new();
        using ImageTokenizer tokenizer = ImageTokenizer.LoadDefault();
        foreach (DemonstrationImage image in DemonstrationImages.All.Where(image => image.Name is "scene" or "mandelbrot" or "gradient"))
        {
            RgbImage large = image.Draw(200);
            pictures.Write(image.Name + "-a.png", large);
            ImageWriter.Write(large, pictures[image.Name + "-b.jpg"], jpegQuality: 60);
            pictures.Write(image.Name + "-c.png", ImageResizer.Resize(large, 120, 120));
        }

        CurationReport report = DatasetCurator.Curate(tokenizer, Directory.GetFiles(pictures["."]));
        Assert.HasCount(9, report.Images);
        Assert.HasCount(3, report.Groups);
        foreach (IEnumerable<CuratedImage> group in report.Groups)
        {
            Assert.AreEqual(1, group.Select(image => Path.GetFileName(image.Path).Split('-')[0]).Distinct().Count());
            Assert.AreEqual(group.MaxBy(image => image.FileBytes), group.Single(image => image.IsKept));
        }

        Assert.AreEqual(3, report.Images.Count(image => image.IsSelected));
        Assert.IsTrue(report.Images.All(image => image.IsSelected == image.IsKept));
    }

    [TestMethod]
    public void Curate_WithASize_IsBalancedAndTheSameEachTime()
    {
        using Pictures pictures = new();
        using ImageTokenizer tokenizer = ImageTokenizer.LoadDefault();
        string[] paths = [.. DemonstrationImages.Kinds.SelectMany(kind => Enumerable.Range(0, 12).Select(seed => pictures.Write($"{kind.Name}{seed}.png", kind.Draw(seed, 64))))];
        CurationOptions options = new() { Size = 12, Buckets = 4, Seed = 5 };
        CurationReport report = DatasetCurator.Curate(tokenizer, paths, options);
        Assert.AreEqual(12, report.Images.Count(image => image.IsSelected));
        Assert.AreEqual(36, report.Buckets.Sum(bucket => bucket.Images));
        int fullest = report.Buckets.Max(bucket => bucket.Selected);
        Assert.IsTrue(report.Buckets.All(bucket => bucket.Selected >= Math.Min(bucket.Distinct, fullest - 1)), report.ToString());
        Assert.IsTrue(report.Images.All(image => image.Tokens >= report.Buckets[image.Bucket].Least && image.Tokens <= report.Buckets[image.Bucket].Most));
        CollectionAssert.AreEqual(report.Images.ToArray(), DatasetCurator.Curate(tokenizer, paths.Reverse(), options).Images.ToArray());
        Assert.AreNotEqual(Selected(report), Selected(DatasetCurator.Curate(tokenizer, paths, options with { Seed = 6 })));

        static string Selected(CurationReport report) => string.Join(' ', report.Images.Where(image => image.IsSelected).Select(image => image.Path));
    }

    [TestMethod]
    public void Curate_AContinuousModelAndABrokenImage_Works()
    {
        using Pictures pictures = new();
        new TinyModel(false).Write(pictures["tiny.karl"]);
        using ImageTokenizer tiny = ImageTokenizer.Load(pictures["tiny.karl"]);
        string[] paths = pictures.Demonstration("scene", "noise");
        File.Copy(paths[0], pictures["copy.png"]);
        List<ImageProgress> heard = [];
        CurationReport report = DatasetCurator.Curate(tiny, [.. paths, pictures["copy.png"], pictures["absent.png"]], progress: heard.Add);
        Assert.HasCount(4, heard);
        Assert.AreEqual(1, report.BrokenCount);
        Assert.HasCount(1, report.Groups);
        CollectionAssert.AreEquivalent(new[] { pictures["copy.png"], paths[0] }, report.Groups[0].Select(image => image.Path).ToArray());
        Assert.AreEqual(pictures["copy.png"], report.Groups[0].Single(image => image.IsKept).Path);
    }

    [TestMethod]
    public void Curate_OptionsThatCannotBe_SaysWhatWasExpected()
    {
        using ImageTokenizer tokenizer = ImageTokenizer.LoadDefault();
        StringAssert.Contains(Refused(new CurationOptions { Size = 0, Buckets = 65 }), "Size is 0; at least 1 image, or null, was expected. Buckets is 65");
        StringAssert.Contains(Refused(new CurationOptions { SharedTokens = 0 }), "SharedTokens is 0");
        StringAssert.Contains(Refused(new CurationOptions { PixelDifference = 2 }), "PixelDifference is 2");
        StringAssert.Contains(Refused(new CurationOptions { Budget = 65 }), "Budget is 65");
        Assert.IsEmpty(DatasetCurator.Curate(tokenizer, []).Images);

        string Refused(CurationOptions options) => Assert.ThrowsExactly<ArgumentException>(() => DatasetCurator.Curate(tokenizer, [], options)).Message;
    }
}
