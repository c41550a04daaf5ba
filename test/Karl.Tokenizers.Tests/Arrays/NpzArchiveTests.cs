using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Karl.Testing;

namespace Karl.Tokenizers.Arrays;

[TestClass]
public sealed class NpzArchiveTests
{
    [TestMethod]
    [DataRow(CompressionLevel.NoCompression)]
    [DataRow(CompressionLevel.Optimal)]
    public void Parse_ArchiveOfAnotherWriter_ReadsEveryArray(CompressionLevel level)
    {
        using NpzArchive archive = NpzArchive.Parse(Zip(level, ("a/b.npy", Npy(1, 2, 3)), ("c.npy", Npy())), "x.npz");
        CollectionAssert.AreEqual(new[] { "a/b", "c" }, archive.Keys.ToArray());
        CollectionAssert.AreEqual(new[] { 1, 2, 3 }, archive["a/b"].AsSpan<int>().ToArray());
        Assert.AreEqual(0, archive["c"].Count);
        Assert.IsTrue(archive.Contains("c"));
        Assert.IsFalse(archive.TryRead("d", out _));
        Assert.ThrowsExactly<KeyNotFoundException>(() => archive["d"]);
    }

    [TestMethod]
    public void Parse_ZipBomb_IsRefusedWithoutUnpacking()
    {
        byte[] bomb = Zip(CompressionLevel.Optimal, ("bomb.npy", NpyArrayTests.Bytes(NpyArray.Create<byte>(new byte[50_000_000], 50_000_000))));
        long before = GC.GetAllocatedBytesForCurrentThread();
        using NpzArchive archive = NpzArchive.Parse(bomb, "bomb.npz", maximumArrayBytes: 1_000_000);
        KarlFormatException error = Assert.ThrowsExactly<KarlFormatException>(() => archive["bomb"]);
        Assert.Contains("at most 1000000", error.Message);
        Assert.IsLessThan(1_000_000L, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void Parse_ImpossibleDeflateRatio_IsRefused()
    {
        byte[] file = Zip(CompressionLevel.Optimal, ("a.npy", Npy(1, 2, 3)));
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(DirectoryOffset(file) + 24), 900_000_000);
        AssertRefused(file, "deflate cannot do");
    }

    [TestMethod]
    public void Parse_DamagedBytes_FailTheChecksumWhenRead()
    {
        byte[] file = Zip(CompressionLevel.NoCompression, ("a.npy", Npy(1, 2, 3)));
        file[file.AsSpan().IndexOf("NUMPY"u8) + 130] ^= 1;
        using NpzArchive archive = NpzArchive.Parse(file, "x.npz");
        Assert.Contains("checksum", Assert.ThrowsExactly<KarlFormatException>(() => archive["a"]).Message);
    }

    [TestMethod]
    public void Parse_SameNameTwice_IsRefused()
        => AssertRefused(Zip(CompressionLevel.NoCompression, ("a.npy", Npy(1)), ("a.npy", Npy(2))), "twice");

    [TestMethod]
    [DataRow("../a.npy")]
    [DataRow("x/../../a.npy")]
    [DataRow("/a.npy")]
    [DataRow("c:\\a.npy")]
    [DataRow("a\u001b[2J.npy")]
    public void Parse_NameThatLeadsOut_IsRefused(string name)
        => AssertRefused(Zip(CompressionLevel.NoCompression, (name, Npy(1))), "leads out");

    [TestMethod]
    public void Parse_SomethingThatIsNoArray_IsRefused()
        => AssertRefused(Zip(CompressionLevel.NoCompression, ("manifest.json", [1])), "manifest.json");

    [TestMethod]
    public void Parse_OverlappingEntries_AreRefused()
    {
        // Both directory entries point at the first header, as overlap bombs do.
        byte[] file = Zip(CompressionLevel.NoCompression, ("a.npy", Npy(1)), ("b.npy", Npy(1)));
        int second = DirectoryOffset(file) + 46 + "a.npy".Length;
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(second + 42), 0);
        AssertRefused(file, "overlaps");
    }

    [TestMethod]
    public void Parse_EncryptedOrUnknownMethod_IsRefused()
    {
        byte[] encrypted = Zip(CompressionLevel.NoCompression, ("a.npy", Npy(1)));
        encrypted[DirectoryOffset(encrypted) + 8] |= 1;
        AssertRefused(encrypted, "encrypted");
        byte[] unknown = Zip(CompressionLevel.NoCompression, ("a.npy", Npy(1)));
        unknown[DirectoryOffset(unknown) + 10] = 12;
        AssertRefused(unknown, "method 12");
    }

    [TestMethod]
    public void Parse_MoreEntriesDeclaredThanThere_IsRefused()
    {
        byte[] file = Zip(CompressionLevel.NoCompression, ("a.npy", Npy(1)));
        file[^14] = 2;
        file[^12] = 2;
        AssertRefused(file, "middle of an entry");
    }

    [TestMethod]
    public void Parse_CutAnywhere_IsRefused()
    {
        byte[] whole = Zip(CompressionLevel.NoCompression, ("a.npy", Npy(1)), ("b.npy", Npy(2)));
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.ThrowsExactly<KarlFormatException>(() => NpzArchive.Parse(whole.AsMemory(0, length), "cut.npz"));
        }
    }

    [TestMethod]
    public void Open_RecordedGoldens_ReadsEveryArray()
    {
        using NpzArchive archive = NpzArchive.Open(SharedFiles.Require("reference", "karl-vqgan-quantized", "goldens.npz"));
        Assert.AreEqual("Float32 [32]", archive["img0.b32.q0.03.halt_logit"].ToString());
        Assert.AreEqual("Boolean [32]", archive["img0.b32.q0.03.active"].ToString());
        CollectionAssert.AreEqual(new[] { 18L }, archive["img0.b32.q0.03.kc"].ToInt64());
        foreach (string key in archive.Keys)
        {
            Assert.AreEqual(archive[key].Count * archive[key].Type.SizeInBytes(), archive[key].Bytes.Length);
        }
    }

    internal static byte[] Npy(params int[] values) => NpyArrayTests.Bytes(NpyArray.Create<int>(values, values.Length));

    internal static byte[] Zip(CompressionLevel level, params (string Name, byte[] Bytes)[] entries)
    {
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach ((string name, byte[] bytes) in entries)
            {
                using Stream entry = zip.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    private static int DirectoryOffset(byte[] file) => (int)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(file.Length - 6));

    private static void AssertRefused(byte[] file, string reason)
    {
        KarlFormatException error = Assert.ThrowsExactly<KarlFormatException>(() => NpzArchive.Parse(file, "bad.npz"));
        Assert.Contains("bad.npz", error.Message);
        Assert.Contains(reason, error.Message);
    }
}
