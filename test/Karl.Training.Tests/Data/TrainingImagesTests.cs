using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Training.Data;

namespace Karl.Training.Tests.Data;

[TestClass]
public sealed class TrainingImagesTests
{
    private static readonly TrainingImageOptions Small = new() { Size = 16, BatchSize = 4, Seed = 3, Threads = 2 };

    [TestMethod]
    public void ReadSample_AnyEpoch_ShowsEveryImageOnceInAnotherOrder()
    {
        using Photos photos = new(11);
        TrainingImages images = TrainingImages.Find([photos.Folder], Small);
        float[] pixels = new float[3 * 16 * 16];
        int[][] epochs = [.. Enumerable.Range(0, 3).Select(epoch => Enumerable.Range(0, 11).Select(position => images.ReadSample((epoch * 11) + position, pixels)).ToArray())];
        foreach (int[] epoch in epochs)
        {
            CollectionAssert.AreEquivalent(Enumerable.Range(0, 11).ToArray(), epoch);
        }

        CollectionAssert.AreNotEqual(epochs[0], epochs[1]);
        CollectionAssert.AreNotEqual(epochs[1], epochs[2]);
    }

    [TestMethod]
    public void ReadSample_ItsImage_IsInThePixels()
    {
        using Photos photos = new(20);
        TrainingImages images = TrainingImages.Find([photos.Folder], Small);
        float[] pixels = new float[3 * 16 * 16];
        for (int number = 0; number < 40; number++)
        {
            int index = images.ReadSample(number, pixels);
            Assert.IsTrue(pixels.Take(256).All(red => Math.Abs((red * 255) - (index * 5)) < 1.5), $"sample {number} is of image {index}");
        }
    }

    [TestMethod]
    public void ReadBatch_OfAnotherObject_IsTheSame()
    {
        using Photos photos = new(7);
        TrainingImages first = TrainingImages.Find([photos.Folder], Small), second = TrainingImages.Find([photos.Folder], Small with { CacheBytes = 0 });
        for (int step = 0; step < 5; step++)
        {
            first.ReadBatch(step).Dispose();
        }

        using ImageBatch one = first.ReadBatch(5), other = second.ReadBatch(5);
        CollectionAssert.AreEqual(one.Indices.ToArray(), other.Indices.ToArray());
        CollectionAssert.AreEqual(one.Pixels.ToArray(), other.Pixels.ToArray());
        Assert.AreEqual((7, second.Cached.Images), (first.Cached.Images, 0));
        Assert.AreEqual(0, second.Cached.Bytes);
    }

    [TestMethod]
    public void ReadBatch_LittleMemory_IsNotExceededAndChangesNothing()
    {
        using Photos photos = new(12);
        TrainingImages plenty = TrainingImages.Find([photos.Folder], Small), little = TrainingImages.Find([photos.Folder], Small with { CacheBytes = 5000 });
        for (int step = 0; step < 9; step++)
        {
            using ImageBatch expected = plenty.ReadBatch(step), batch = little.ReadBatch(step);
            CollectionAssert.AreEqual(expected.Pixels.ToArray(), batch.Pixels.ToArray());
        }

        Assert.AreEqual(12, plenty.Cached.Images);
        Assert.IsInRange(1, 11, little.Cached.Images);
        Assert.IsInRange(1, 5000, little.Cached.Bytes);
    }

    [TestMethod]
    public void ReadSample_DestinationTooSmall_IsRefused()
    {
        using Photos photos = new(1);
        Assert.ThrowsExactly<ArgumentException>(() => TrainingImages.Find([photos.Folder], Small).ReadSample(0, new float[767]));
    }

    [TestMethod]
    public void ReadBatch_OfAnotherSeed_Differs()
    {
        using Photos photos = new(7);
        using ImageBatch one = TrainingImages.Find([photos.Folder], Small).ReadBatch(0), other = TrainingImages.Find([photos.Folder], Small with { Seed = 4 }).ReadBatch(0);
        CollectionAssert.AreNotEqual(one.Pixels.ToArray(), other.Pixels.ToArray());
    }

    [TestMethod]
    public void ReadSample_Mirror_TurnsHalfOfThem()
    {
        using Photos photos = new(1);
        TrainingImages images = TrainingImages.Find([photos.Folder], Small), unturned = TrainingImages.Find([photos.Folder], Small with { Mirror = false });
        float[] pixels = new float[3 * 16 * 16], others = new float[3 * 16 * 16];
        int turned = 0;
        for (int number = 0; number < 400; number++)
        {
            images.ReadSample(number, pixels);
            unturned.ReadSample(number, others);
            bool isTurned = pixels[256] > pixels[256 + 15];
            turned += isTurned ? 1 : 0;
            Assert.IsLessThan(others[256 + 15], others[256]);
            float[] expected = isTurned ? [.. others.Chunk(16).SelectMany(row => row.Reverse())] : others;
            CollectionAssert.AreEqual(expected, pixels);
        }

        Assert.IsInRange(160, 240, turned);
    }

    [TestMethod]
    public void ReadSample_WholeImages_AreTheImageResized()
    {
        using Photos photos = new(1);
        ImageWriter.Write(ImageResizer.Resize(Photos.Image(3), 20, 20), photos["000.png"]);
        TrainingImages images = TrainingImages.Find([photos.Folder], Small with { SmallestScale = 1, SmallestRatio = 1, LargestRatio = 1, Mirror = false });
        using ImageBatch batch = images.ReadBatch(0);
        float[] expected = new float[3 * 16 * 16];
        new ImagePreprocessor(new ImagePreprocessorOptions { Size = 16 }).Process(new ImageDecoder().Decode(photos["000.png"]), expected.AsSpan());
        CollectionAssert.AreEqual(expected, batch.Pixels[..expected.Length].ToArray());
    }

    [TestMethod]
    public void ReadSample_BrokenImages_AreToldOnceAndLeftOut()
    {
        using Photos photos = new(6);
        File.WriteAllText(photos["002.png"], "no image");
        File.WriteAllBytes(photos["004.png"], []);
        List<string> told = [];
        TrainingImages images = TrainingImages.Find([photos.Folder], Small with { Warn = told.Add });
        float[] pixels = new float[3 * 16 * 16];
        int[] seen = [.. Enumerable.Range(0, 18).Select(number => images.ReadSample(number, pixels))];
        CollectionAssert.AreEquivalent(new[] { 0, 1, 3, 5 }, seen.Distinct().ToArray());
        Assert.HasCount(2, told);
        Assert.AreEqual(2, images.BrokenCount);
        Assert.IsTrue(told.All(line => !line.Contains('\n', StringComparison.Ordinal) && line.EndsWith("It is left out.", StringComparison.Ordinal)));
        StringAssert.Contains(string.Join(' ', told), photos["002.png"]);
    }

    [TestMethod]
    public void ReadSample_NoReadableImage_SaysSo()
    {
        using Photos photos = new(2);
        File.WriteAllText(photos["000.png"], "no image");
        File.WriteAllText(photos["001.png"], "no image");
        TrainingImages images = TrainingImages.Find([photos.Folder], Small);
        KarlFormatException exception = Assert.ThrowsExactly<KarlFormatException>(() => images.ReadBatch(0));
        StringAssert.StartsWith(exception.Message, "None of the 2 images can be read");
        exception = Assert.ThrowsExactly<KarlFormatException>(() => images.ReadInOrder().ToList());
        StringAssert.StartsWith(exception.Message, "None of the 2 images can be read");
    }

    [TestMethod]
    public void Find_NoImage_SaysSo()
    {
        using TemporaryFolder folder = new();
        KarlFormatException exception = Assert.ThrowsExactly<KarlFormatException>(() => TrainingImages.Find([folder.FullPath], Small));
        StringAssert.Contains(exception.Message, folder.FullPath);
    }

    [TestMethod]
    public void Find_ImpossibleOptions_ListsAllProblems()
    {
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => TrainingImages.Find(["x"], new TrainingImageOptions { Size = 0, SmallestScale = 0, LargestRatio = 0.5 }));
        foreach (string name in new[] { "Size is 0", "SmallestScale is 0", "LargestRatio is 0.5" })
        {
            StringAssert.Contains(exception.Message, name);
        }
    }

    [TestMethod]
    public void Fingerprint_TellsFilesButNotFolders()
    {
        using Photos photos = new(3), moved = new(3), more = new(4);
        string fingerprint = TrainingImages.Find([photos.Folder], Small).Fingerprint;
        Assert.AreEqual(fingerprint, TrainingImages.Find([moved.Folder], Small).Fingerprint);
        Assert.AreNotEqual(fingerprint, TrainingImages.Find([more.Folder], Small).Fingerprint);
    }

    [TestMethod]
    public void ReadInOrder_AllImages_AreWhatTheTokenizerSees()
    {
        using Photos photos = new(10);
        File.WriteAllText(photos["003.png"], "no image");
        TrainingImages images = TrainingImages.Find([photos.Folder], Small);
        ImageBatch[] batches = [.. images.ReadInOrder()];
        CollectionAssert.AreEqual(new[] { 4, 4, 1 }, batches.Select(batch => batch.Count).ToArray());
        CollectionAssert.AreEqual(new[] { 0, 1, 2, 4, 5, 6, 7, 8, 9 }, batches.SelectMany(batch => batch.Indices).ToArray());
        ImagePreprocessor preprocessor = new(new ImagePreprocessorOptions { Size = 16 });
        float[] expected = new float[preprocessor.ValueCount];
        preprocessor.Process(Photos.Image(5), expected.AsSpan());
        CollectionAssert.AreEqual(expected, batches[1].Pixels[..expected.Length].ToArray());
        CollectionAssert.AreEqual(new[] { 0, 5 }, images.ReadInOrder(2).Single().Indices.ToArray());
    }
}
