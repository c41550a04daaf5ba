using System.Diagnostics;
using Karl.Testing;
using Karl.Training.Data;

namespace Karl.Training.Tests.Data;

[TestClass]
public sealed class ImageSpeedTests
{
    private const int Samples = 600;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [TestCategory("Speed")]
    [DataRow(64)]
    [DataRow(256)]
    public void ReadBatch_PhotosOnOneThread_IsFasterThanTraining(int size)
    {
        TrainingImages images = TrainingImages.Find([SharedFiles.Require("data", "photos", "train")], new TrainingImageOptions { Size = size, BatchSize = 20 });
        double decoding = Measure(images, 0), cached = Measure(images, 0);
        (int count, long bytes) = images.Cached;
        TestContext.WriteLine($"{size} x {size}, one thread: {decoding:0} images a second from files, {cached:0} from memory ({bytes / (double)count / 1024:0} KiB an image)");
        Assert.IsGreaterThan(50.0, decoding);
        Assert.IsGreaterThan(decoding, cached);
    }

    private static double Measure(TrainingImages images, long firstStep)
    {
        long start = Stopwatch.GetTimestamp();
        int steps = Samples / images.Options.BatchSize;
        for (int step = 0; step < steps; step++)
        {
            images.ReadBatch(firstStep + step).Dispose();
        }

        return steps * images.Options.BatchSize / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
