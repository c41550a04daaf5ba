using System.IO.Compression;
using Karl.Testing;

namespace Karl.Tokenizers.Arrays;

[TestClass]
public sealed class NpzWriterTests
{
    [TestMethod]
    public void Complete_TwoArrays_ReadBackHereAndWithAnotherReader()
    {
        byte[] file = WriteTwo();
        using NpzArchive archive = NpzArchive.Parse(file, "x.npz");
        CollectionAssert.AreEqual(new[] { "first", "second.part" }, archive.Keys.ToArray());
        CollectionAssert.AreEqual(new[] { 1f, 2 }, archive["first"].AsSpan<float>().ToArray());
        CollectionAssert.AreEqual(new[] { true }, archive["second.part"].AsSpan<bool>().ToArray());
        using ZipArchive other = new(new MemoryStream(file));
        ZipArchiveEntry entry = other.GetEntry("second.part.npy")!;
        Assert.AreEqual(entry.Length, entry.CompressedLength);
        Assert.AreEqual(new DateTime(1980, 1, 1), entry.LastWriteTime.DateTime);
        using Stream stream = entry.Open();
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        Assert.AreEqual("Boolean []", NpyArray.Parse(copy.ToArray(), "second").ToString());
    }

    [TestMethod]
    public void Complete_SameArrays_SameBytes() => CollectionAssert.AreEqual(WriteTwo(), WriteTwo());

    [TestMethod]
    public void Complete_ManyEntries_KeepsCountBeyond16Bits()
    {
        using MemoryStream stream = new();
        using NpzWriter writer = new(stream);
        NpyArray one = NpyArray.Create<byte>([7], 1);
        for (int index = 0; index < 70_000; index++)
        {
            writer.Add($"k{index}", one);
        }

        writer.Complete();
        using NpzArchive archive = NpzArchive.Parse(stream.ToArray(), "many.npz");
        Assert.HasCount(70_000, archive.Keys);
        Assert.AreEqual(7, archive["k69999"].AsSpan<byte>()[0]);
    }

    [TestMethod]
    public void Add_RepeatedUnusableOrMisshapen_Throws()
    {
        using MemoryStream stream = new();
        using NpzWriter writer = new(stream);
        writer.Add<int>("a", [1], 1);
        Assert.ThrowsExactly<ArgumentException>(() => writer.Add<int>("a", [1], 1));
        Assert.ThrowsExactly<ArgumentException>(() => writer.Add<int>("../a", [1], 1));
        Assert.ThrowsExactly<ArgumentException>(() => writer.Add<int>("b", [1], 2));
        writer.Complete();
        Assert.ThrowsExactly<ObjectDisposedException>(() => writer.Add<int>("c", [1], 1));
    }

    [TestMethod]
    public void AddPieces_OfAnArray_GivesTheBytesOfOneWholeArray()
    {
        float[] values = [.. Enumerable.Range(0, 30).Select(index => index / 7f)];
        byte[] Written(Action<NpzWriter> add)
        {
            using MemoryStream stream = new();
            stream.Write("before"u8);
            using NpzWriter writer = new(stream);
            writer.Add<int>("first", [1, 2], 2);
            add(writer);
            writer.Add<int>("last", [3], 1);
            writer.Complete();
            return stream.ToArray();
        }

        CollectionAssert.AreEqual(
            Written(writer => writer.Add<float>("x", values, 10, 3)),
            Written(writer => writer.AddPieces("x", values.Chunk(7).Select(piece => (ReadOnlyMemory<float>)piece), 10, 3)));
        CollectionAssert.AreEqual(
            Written(writer => writer.Add<float>("x", [], 0)),
            Written(writer => writer.AddPieces("x", Array.Empty<ReadOnlyMemory<float>>(), 0)));
        Assert.ThrowsExactly<ArgumentException>(() => Written(writer => writer.AddPieces("x", new ReadOnlyMemory<float>[] { values }, 11, 3)));
        Assert.ThrowsExactly<IOException>(() => Written(writer => writer.AddPieces("x", new ReadOnlyMemory<float>[] { values }, 1L << 30)));
    }

    [TestMethod]
    public void Dispose_WithoutComplete_LeavesNoFile()
    {
        using TemporaryFolder folder = new();
        using (NpzWriter writer = NpzWriter.Create(folder["x.npz"]))
        {
            writer.Add<int>("a", [1], 1);
        }

        Assert.IsEmpty(Directory.GetFileSystemEntries(folder.FullPath));
        using (NpzWriter writer = NpzWriter.Create(folder["x.npz"]))
        {
            writer.Add<int>("a", [1], 1);
            writer.Complete();
        }

        using NpzArchive archive = NpzArchive.Open(folder["x.npz"]);
        Assert.HasCount(1, archive.Keys);
        Assert.HasCount(1, Directory.GetFileSystemEntries(folder.FullPath));
    }

    internal static byte[] WriteTwo()
    {
        using MemoryStream stream = new();
        using NpzWriter writer = new(stream);
        writer.Add<float>("first", [1, 2], 1, 2);
        writer.Add("second.part", NpyArray.Create<bool>([true]));
        writer.Complete();
        return stream.ToArray();
    }
}
