using Karl.Applications.Compression;
using Karl.Applications.Compression.Internals;
using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Tests.Compression;

[TestClass]
public sealed class TokenArchiveTests
{
    [TestMethod]
    [DataRow(1024, 64, 64)]
    [DataRow(4096, 256, 512)]
    [DataRow(1, 5, 5)]
    [DataRow(2, 1, 1)]
    [DataRow(3, 7, 4096)]
    [DataRow(1000, 33, 64)]
    [DataRow(16384, 128, 128)]
    [DataRow(16385, 16, 16)]
    [DataRow(1 << 20, 64, 64)]
    [DataRow(int.MaxValue, 256, 256)]
    public void Codes_OfAnyShape_ComeBackExactly(int codebook, int budget, int maximum)
    {
        TokenArchiveSettings settings = RandomTokens.Settings(codebook, budget, maximum, imagesPerBlock: 20);
        TokenSequence[] sequences = RandomTokens.Sequences(settings, 70, seed: codebook ^ budget);
        using TokenArchive archive = Open(RandomTokens.Write(settings, sequences));
        Assert.AreEqual(settings, archive.Settings);
        Assert.HasCount(70, archive.Entries);
        int index = 0;
        foreach (TokenSequence found in archive.ReadAll())
        {
            RandomTokens.AssertSame(sequences[index++], found);
        }
    }

    [TestMethod]
    public void Codes_OfTheLargestBudget_ComeBackExactly()
    {
        TokenArchiveSettings settings = RandomTokens.Settings(4096, 4096, 4096);
        TokenSequence[] sequences = RandomTokens.Sequences(settings, 7, seed: 1);
        using TokenArchive archive = Open(RandomTokens.Write(settings, sequences));
        Assert.IsTrue(archive.ReadAll().Zip(sequences).All(pair => pair.First.Codes.SequenceEqual(pair.Second.Codes)));
    }

    [TestMethod]
    public void Read_InAnyOrder_GivesTheSameAsInOrder()
    {
        TokenArchiveSettings settings = RandomTokens.Settings(1024, 64, 64, imagesPerBlock: 16);
        TokenSequence[] sequences = RandomTokens.Sequences(settings, 100, seed: 3);
        using TokenArchive archive = Open(RandomTokens.Write(settings, sequences));
        Random random = new(4);
        for (int step = 0; step < 200; step++)
        {
            int index = random.Next(sequences.Length);
            RandomTokens.AssertSame(sequences[index], archive.Read(index));
        }
    }

    [TestMethod]
    [DataRow(1f / 32)]
    [DataRow(0.3f)]
    [DataRow(1e-5f)]
    public void Latents_ComeBackWithinHalfAStep_AndExactlyTheSecondTime(float step)
    {
        TokenArchiveSettings settings = RandomTokens.Settings(null, 32, 64, latentWidth: 12) with { LatentStep = step };
        TokenSequence[] sequences = RandomTokens.Sequences(settings, 30, seed: 9);
        TokenSequence[] once = [.. Open(RandomTokens.Write(settings, sequences)).ReadAll()];
        TokenSequence[] twice = [.. Open(RandomTokens.Write(settings, once)).ReadAll()];
        for (int index = 0; index < sequences.Length; index++)
        {
            CollectionAssert.AreEqual(sequences[index].Positions.ToArray(), once[index].Positions.ToArray());
            Assert.IsTrue(sequences[index].Latents.Zip(once[index].Latents).All(pair => Math.Abs(pair.First - pair.Second) <= (step / 2) + 1e-6));
            CollectionAssert.AreEqual(once[index].Latents.ToArray(), twice[index].Latents.ToArray());
        }
    }

    [TestMethod]
    public void Archive_WithoutImages_IsEmpty()
    {
        using TokenArchive archive = Open(RandomTokens.Write(RandomTokens.Settings(1024, 64, 64), []));
        Assert.IsEmpty(archive.Entries);
    }

    [TestMethod]
    public void Entries_HaveTheNamesThatWereGiven()
    {
        string[] names = ["a", "ab/ü.jpg", "ab/üb.jpg", "ab/üb.jpg", "日本/1", new string('x', 4096), "z"];
        TokenArchiveSettings settings = RandomTokens.Settings(16, 4, 4);
        MemoryStream stream = new();
        using TokenArchiveWriter writer = new(stream, settings);
        TokenSequence[] sequences = RandomTokens.Sequences(settings, names.Length, seed: 1);
        TokenArchiveEntry[] written = [.. names.Zip(sequences, writer.Add)];
        writer.Complete();
        using TokenArchive archive = Open(stream.ToArray());
        CollectionAssert.AreEqual(names, archive.Entries.Select(entry => entry.Name).ToArray());
        CollectionAssert.AreEqual(written, archive.Entries.ToArray());
    }

    [TestMethod]
    public void Archive_WithoutStatistics_IsWithinTwoPercentOfItsModelsCrossEntropy()
    {
        TokenArchiveSettings settings = RandomTokens.Settings(1024, 64, 64);
        TokenSequence[] sequences = [.. RandomTokens.Sequences(settings, 700, seed: 11).Where(tokens => tokens.Count is > 12 and < 40)];
        TokenModel model = new(settings, null);
        IdealLength ideal = new();
        Array.ForEach(sequences, tokens => model.Write(ideal, tokens));
        MemoryStream stream = new();
        using TokenArchiveWriter writer = new(stream, settings);
        for (int index = 0; index < sequences.Length; index++)
        {
            writer.Add($"{index}", sequences[index]);
        }

        Assert.IsLessThan(256, sequences.Length, "All in one block, as they were measured.");
        Assert.IsInRange(1.0, 1.02, 8 * writer.TokenBytes / ideal.Bits);
    }

    [TestMethod]
    public void Statistics_OfSimilarTokens_MakeAnArchiveSmaller_AndAreNeededToReadIt()
    {
        TokenArchiveSettings settings = RandomTokens.Settings(1024, 64, 64);
        TokenStatistics statistics = new(settings.Model, 64, 1024);
        Array.ForEach(RandomTokens.Sequences(settings, 400, seed: 1), statistics.Add);
        TokenSequence[] sequences = RandomTokens.Sequences(settings, 20, seed: 2);
        byte[] with = RandomTokens.Write(settings, sequences, statistics), without = RandomTokens.Write(settings, sequences);
        Assert.IsLessThan(0.9 * without.Length, with.Length);

        using TemporaryFolder folder = new();
        statistics.Write(folder["some.kts"]);
        TokenStatistics read = TokenStatistics.Open(folder["some.kts"]);
        Assert.AreEqual((statistics.Id, 400), (read.Id, read.Images));
        using TokenArchive archive = TokenArchive.Open(new MemoryStream(with), "x.kt", read);
        Assert.AreEqual(statistics.Id, archive.Settings.Statistics);
        RandomTokens.AssertSame(sequences[19], archive.Read(19));
        KarlFormatException error = Assert.ThrowsExactly<KarlFormatException>(() => Open(with).Read(0));
        StringAssert.Contains(error.Message, $"statistics {statistics.Id}");
        StringAssert.Contains(error.Message, settings.Model);
    }

    [TestMethod]
    public void Statistics_OfVeryManyTokens_StayBoundedAndComeBack()
    {
        TokenArchiveSettings settings = RandomTokens.Settings(64, 512, 512);
        TokenStatistics statistics = new(settings.Model, 512, 64);
        TokenSequence all = RandomTokens.Sequences(settings, 2, seed: 1)[1];
        for (int image = 0; image < 5000; image++)
        {
            statistics.Add(all);
        }

        Assert.IsLessThan(1 << 22, statistics.Seen.Sum());
        using TokenArchive archive = TokenArchive.Open(new MemoryStream(RandomTokens.Write(settings, [all], statistics)), "x.kt", statistics);
        RandomTokens.AssertSame(all, archive.Read(0));
        Assert.IsLessThan(all.Count / 8, archive.Entries[0].Length, "What was always so costs hardly anything.");
    }

    [TestMethod]
    public void Create_DisposedBeforeItIsComplete_LeavesNothing()
    {
        using TemporaryFolder folder = new();
        TokenArchiveSettings settings = RandomTokens.Settings(16, 4, 4);
        using (TokenArchiveWriter writer = TokenArchiveWriter.Create(folder["a.kt"], settings))
        {
            writer.Add("1", RandomTokens.Sequences(settings, 1, 1)[0]);
        }

        Assert.IsEmpty(Directory.GetFiles(folder.FullPath));
        Assert.ThrowsExactly<ArgumentException>(() => TokenArchiveWriter.Create(folder["a.kt"], settings with { Budget = 5 }));
        Assert.IsEmpty(Directory.GetFiles(folder.FullPath));
        using (TokenArchiveWriter writer = TokenArchiveWriter.Create(folder["a.kt"], settings))
        {
            writer.Complete();
        }

        Assert.HasCount(1, Directory.GetFiles(folder.FullPath));
    }

    [TestMethod]
    public void Add_OfOtherTokens_IsRefused()
    {
        TokenArchiveSettings settings = RandomTokens.Settings(16, 4, 8);
        using TokenArchiveWriter writer = new(new MemoryStream(), settings);
        TokenSequence other = RandomTokens.Sequences(settings with { Budget = 5 }, 1, 1)[0];
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => writer.Add("a.jpg", other)).Message, "a.jpg");
        Assert.ThrowsExactly<ArgumentException>(() => writer.Add("", RandomTokens.Sequences(settings, 1, 1)[0]));
        Assert.ThrowsExactly<ArgumentException>(() => new TokenArchiveWriter(new MemoryStream(), settings, new TokenStatistics("00000000000000ff", 8, 16)));
    }

    private static TokenArchive Open(byte[] bytes) => TokenArchive.Open(new MemoryStream(bytes), "x.kt");
}
