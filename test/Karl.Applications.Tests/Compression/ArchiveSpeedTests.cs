using Karl.Applications.Compression;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Tests.Compression;

[TestClass]
public sealed class ArchiveSpeedTests
{
    public TestContext TestContext { get; set; } = null!;

    /// <summary>The size of the model that comes along, and that of published ones; one thread, apart from the network. Seconds of the processor count, so that what else the machine does has little part in it.</summary>
    [TestMethod]
    [TestCategory("Speed")]
    [DataRow(1024, 64, 24)]
    [DataRow(4096, 256, 128)]
    public void Archive_IsWrittenAndRead_FasterThanTenThousandImagesASecond(int codebook, int budget, int kept)
    {
        const int images = 20_000;
        TokenArchiveSettings settings = RandomTokens.Settings(codebook, budget, budget);
        Random random = new(1);
        int[] positions = [.. Enumerable.Range(0, kept)];
        TokenSequence[] sequences =
            [.. Enumerable.Range(0, images).Select(_ => TokenSequence.FromCodes(positions, [.. positions.Select(_ => random.Next(codebook))], codebook, budget, settings.Epsilon))];
        RandomTokens.Write(settings, sequences[..2000]);
        TimeSpan start = Environment.CpuUsage.TotalTime;
        byte[] bytes = RandomTokens.Write(settings, sequences);
        double writing = images / (Environment.CpuUsage.TotalTime - start).TotalSeconds;
        using TokenArchive archive = TokenArchive.Open(new MemoryStream(bytes), "x.kt");
        start = Environment.CpuUsage.TotalTime;
        long tokens = archive.ReadAll().Sum(one => (long)one.Count);
        double reading = images / (Environment.CpuUsage.TotalTime - start).TotalSeconds;
        TestContext.WriteLine($"{kept} of {budget} codes of {codebook}: {writing:0} images/s written, {reading:0} read");
        Assert.AreEqual((long)images * kept, tokens);
        Assert.IsGreaterThan(10_000, writing);
        Assert.IsGreaterThan(10_000, reading);
    }
}
