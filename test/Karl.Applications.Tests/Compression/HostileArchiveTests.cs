using Karl.Applications.Compression;
using Karl.Testing;
using Karl.Tokenizers;

namespace Karl.Applications.Tests.Compression;

[TestClass]
public sealed class HostileArchiveTests
{
    private static readonly TokenArchiveSettings Settings = RandomTokens.Settings(1024, 64, 64, imagesPerBlock: 8);
    private static readonly byte[] Sound = RandomTokens.Write(Settings, RandomTokens.Sequences(Settings, 40, seed: 5));

    [TestMethod]
    public void Archive_DamagedAnyhow_IsReadOrRefusedWithOneError()
    {
        int refused = Mutations.AssertRefusesOrReads<KarlFormatException>(Sound, seed: 17, count: 1500, memoryLimitInBytes: 8 << 20, ReadAll);
        Assert.IsGreaterThan(1480, refused, "Only what lies outside of everything, or undoes itself, can be read.");
    }

    [TestMethod]
    public void Archive_CutOffAnywhere_IsRefused()
    {
        for (int length = 0; length < Sound.Length; length++)
        {
            Assert.ThrowsExactly<KarlFormatException>(() => ReadAll(Sound[..length]), $"{length} bytes");
        }
    }

    [TestMethod]
    public void Image_WhoseBytesWereChanged_IsNamed_AndImagesOfOtherBlocksAreStillRead()
    {
        byte[] bytes = [.. Sound];
        using TokenArchive sound = TokenArchive.Open(new MemoryStream(Sound), "x.kt");
        TokenArchiveEntry hurt = sound.Entries.Skip(8).First(entry => entry.Length > 0);
        bytes[hurt.Offset] ^= 1;
        using TokenArchive archive = TokenArchive.Open(new MemoryStream(bytes), "x.kt");
        int index = sound.Entries.ToList().IndexOf(hurt);
        KarlFormatException error = Assert.ThrowsExactly<KarlFormatException>(() => archive.Read(index));
        StringAssert.Contains(error.Message, hurt.Name);
        StringAssert.Contains(error.Message, "checksum");
        RandomTokens.AssertSame(sound.Read(7), archive.Read(7));
        RandomTokens.AssertSame(sound.Read(39), archive.Read(39));
    }

    [TestMethod]
    [DataRow("PK\u0003\u0004 a zip file, or a bundle", "is no token archive")]
    [DataRow("", "is no token archive")]
    [DataRow("{\"path\":\"a.jpg\"}", "is no token archive")]
    public void Open_OfAnotherKindOfFile_SaysSo(string content, string message)
    {
        MemoryStream stream = new(System.Text.Encoding.Latin1.GetBytes(content));
        StringAssert.Contains(Assert.ThrowsExactly<KarlFormatException>(() => TokenArchive.Open(stream, "x.kt")).Message, message);
    }

    [TestMethod]
    public void Open_OfALaterVersion_SaysWhatItReads()
    {
        byte[] bytes = [.. Sound];
        bytes[8] = 2;
        StringAssert.Contains(Assert.ThrowsExactly<KarlFormatException>(() => ReadAll(bytes)).Message, "version 2; this karl reads version 1");
    }

    [TestMethod]
    public void RequireModel_OfAnother_NamesTheOneThatIsNeeded()
    {
        using ImageTokenizer tokenizer = ImageTokenizer.LoadDefault(new ImageTokenizerOptions { Parts = TokenizerParts.Decoder, Threads = 1 });
        using TokenArchive archive = TokenArchive.Open(new MemoryStream(Sound), "x.kt");
        KarlFormatException error = Assert.ThrowsExactly<KarlFormatException>(() => archive.RequireModel(tokenizer));
        StringAssert.Contains(error.Message, "needs model 0123456789abcdef ('some model.karl', 64 x 64)");
    }

    [TestMethod]
    public void Statistics_DamagedAnyhow_AreReadOrRefusedWithOneError()
    {
        TokenStatistics statistics = new(Settings.Model, 64, 1024);
        Array.ForEach(RandomTokens.Sequences(Settings, 50, seed: 1), statistics.Add);
        using TemporaryFolder folder = new();
        int refused = Mutations.AssertRefusesOrReads<KarlFormatException>(statistics.ToBytes(), seed: 3, count: 300, memoryLimitInBytes: 16 << 20, bytes =>
        {
            File.WriteAllBytes(folder["a.kts"], bytes);
            TokenStatistics.Open(folder["a.kts"]);
        });
        Assert.IsGreaterThan(290, refused);
    }

    private static void ReadAll(byte[] bytes)
    {
        using TokenArchive archive = TokenArchive.Open(new MemoryStream(bytes), "x.kt");
        Assert.AreEqual(archive.Entries.Count, archive.ReadAll().Count());
    }
}
