using Karl.Tokenizers;
using Karl.Training.Data;

namespace Karl.Training.Tests.Data;

[TestClass]
public sealed class BatchReaderTests
{
    private static readonly TrainingImageOptions Small = new() { Size = 16, BatchSize = 4, Seed = 3 };

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(2, 3)]
    [DataRow(5, 2)]
    public void Next_AnyThreads_GivesTheBatchesOfTheSlowWay(int threads, int ahead)
    {
        using Photos photos = new(9);
        File.WriteAllText(photos["003.png"], "no image");
        TrainingImages images = TrainingImages.Find([photos.Folder], Small with { Threads = threads, BatchesAhead = ahead });
        using BatchReader reader = images.Open();
        for (int step = 0; step < 20; step++)
        {
            using ImageBatch batch = reader.Next(), expected = images.ReadBatch(step);
            Assert.AreEqual(step, batch.Step);
            CollectionAssert.AreEqual(expected.Indices.ToArray(), batch.Indices.ToArray());
            CollectionAssert.AreEqual(expected.Pixels.ToArray(), batch.Pixels.ToArray());
        }
    }

    [TestMethod]
    public void Open_AtALaterStep_GoesOnAsIfNothingHadHappened()
    {
        using Photos photos = new(5);
        using BatchReader whole = TrainingImages.Find([photos.Folder], Small).Open(), resumed = TrainingImages.Find([photos.Folder], Small).Open(6);
        for (int step = 0; step < 6; step++)
        {
            whole.Next().Dispose();
        }

        for (int step = 6; step < 12; step++)
        {
            using ImageBatch expected = whole.Next(), batch = resumed.Next();
            Assert.AreEqual(step, batch.Step);
            CollectionAssert.AreEqual(expected.Pixels.ToArray(), batch.Pixels.ToArray());
        }
    }

    [TestMethod]
    public void Next_BatchesThatAreKept_StayAsTheyAre()
    {
        using Photos photos = new(5);
        TrainingImages images = TrainingImages.Find([photos.Folder], Small);
        using BatchReader reader = images.Open();
        ImageBatch[] kept = [.. Enumerable.Range(0, 8).Select(_ => reader.Next())];
        for (int step = 0; step < kept.Length; step++)
        {
            using ImageBatch expected = images.ReadBatch(step);
            CollectionAssert.AreEqual(expected.Pixels.ToArray(), kept[step].Pixels.ToArray());
            kept[step].Dispose();
            Assert.ThrowsExactly<ObjectDisposedException>(() => kept[step].Pixels);
        }
    }

    [TestMethod]
    public void Next_NoReadableImage_SaysSo()
    {
        using Photos photos = new(1);
        File.WriteAllText(photos["000.png"], "no image");
        using BatchReader reader = TrainingImages.Find([photos.Folder], Small).Open();
        Assert.ThrowsExactly<KarlFormatException>(() => reader.Next());
        Assert.ThrowsExactly<KarlFormatException>(() => reader.Next());
    }

    [TestMethod]
    public void Next_Cancelled_StopsWaitingAndLosesNothing()
    {
        using Photos photos = new(3);
        TrainingImages images = TrainingImages.Find([photos.Folder], Small with { Decoder = new SlowDecoder(TimeSpan.FromMilliseconds(100)), Threads = 1 });
        using BatchReader reader = images.Open();
        Assert.Throws<OperationCanceledException>(() => reader.Next(new CancellationToken(canceled: true)));
        using ImageBatch batch = reader.Next();
        Assert.AreEqual(0, batch.Step);
        Assert.IsGreaterThan(TimeSpan.FromMilliseconds(90), reader.Waited);
    }

    [TestMethod]
    public async Task Dispose_WhileSomebodyWaits_EndsTheWaiting()
    {
        using Photos photos = new(3);
        BatchReader reader = TrainingImages.Find([photos.Folder], Small with { Decoder = new SlowDecoder(TimeSpan.FromSeconds(20)) }).Open();
        Task waiting = Task.Run(() => reader.Next());
        await Task.Delay(50);
        reader.Dispose();
        await Assert.ThrowsExactlyAsync<ObjectDisposedException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [TestMethod]
    public void Dispose_WhileThreadsWork_StopsThem()
    {
        using Photos photos = new(30);
        BatchReader reader = TrainingImages.Find([photos.Folder], Small with { Decoder = new SlowDecoder(TimeSpan.FromMilliseconds(20)) }).Open();
        reader.Dispose();
        reader.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => reader.Next());
    }
}
