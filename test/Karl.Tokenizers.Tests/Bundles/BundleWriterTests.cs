using System.IO.Compression;
using Karl.Testing;
using Karl.Tokenizers.Bundles;

namespace Karl.Tokenizers.Tests.Bundles;

[TestClass]
public sealed class BundleWriterTests
{
    [TestMethod]
    public void Write_SameInput_GivesSameBytes() => CollectionAssert.AreEqual(BundleExamples.Write(), BundleExamples.Write());

    [TestMethod]
    public void Write_ReadByAnotherZipLibrary_IsSound()
    {
        using ZipArchive zip = new(new MemoryStream(BundleExamples.Write()));
        CollectionAssert.AreEqual(new[] { "encoder.onnx", "decoder.onnx", "manifest.json" }, zip.Entries.Select(entry => entry.FullName).ToArray());
        Assert.AreEqual(new DateTime(1980, 1, 1), zip.Entries[0].LastWriteTime.DateTime);
        using MemoryStream content = new();
        using (Stream entry = zip.GetEntry("decoder.onnx")!.Open())
        {
            entry.CopyTo(content);
        }

        CollectionAssert.AreEqual(BundleExamples.DecoderBytes, content.ToArray());
    }

    [TestMethod]
    public void Write_PartInPieces_HashesTheWhole()
    {
        using TemporaryFolder folder = new();
        BundlePartSource inPieces = new(Bundle.EncoderPart, stream =>
        {
            stream.WriteByte(BundleExamples.EncoderBytes[0]);
            stream.Write(BundleExamples.EncoderBytes, 1, 3);
            stream.Write(BundleExamples.EncoderBytes.AsSpan(4));
        });
        BundleWriter.Write(folder["x.karl"], BundleExamples.Manifest, [inPieces, BundleExamples.Parts[1]]);
        CollectionAssert.AreEqual(BundleExamples.Write(), File.ReadAllBytes(folder["x.karl"]));
    }

    [TestMethod]
    public void Write_PartFails_LeavesTheOldFileAndNothingElse()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["x.karl"], "old");
        BundlePartSource failing = new(Bundle.DecoderPart, stream =>
        {
            stream.Write(new byte[100]);
            throw new IOException("full");
        });
        Assert.ThrowsExactly<IOException>(() => BundleWriter.Write(folder["x.karl"], BundleExamples.Manifest, [BundleExamples.Parts[0], failing]));
        CollectionAssert.AreEqual(new[] { folder["x.karl"] }, Directory.GetFileSystemEntries(folder.FullPath));
        Assert.AreEqual("old", File.ReadAllText(folder["x.karl"]));
    }

    [TestMethod]
    public void Write_BadManifestAndParts_ListsAllProblems()
    {
        using TemporaryFolder folder = new();
        string message = Assert.ThrowsExactly<ArgumentException>(() => BundleWriter.Write(
            folder["x.karl"], BundleExamples.Manifest with { Base = "x", MaximumBudget = 0 }, [BundlePartSource.FromBytes("../up", new byte[1])])).Message;
        StringAssert.Contains(message, "base is 'x'");
        StringAssert.Contains(message, "maximumBudget is 0");
        StringAssert.Contains(message, "'../up' cannot be the name of a part");
        StringAssert.Contains(message, "Part 'encoder.onnx' is missing");
        StringAssert.Contains(message, "Part 'decoder.onnx' is missing");
    }

    [TestMethod]
    public void Write_Cancelled_LeavesNothing()
    {
        using TemporaryFolder folder = new();
        Assert.ThrowsExactly<OperationCanceledException>(() => BundleWriter.Write(folder["x.karl"], BundleExamples.Manifest, BundleExamples.Parts, new CancellationToken(true)));
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder.FullPath));
    }
}
