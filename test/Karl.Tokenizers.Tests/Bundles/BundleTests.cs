using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Karl.Testing;
using Karl.Tokenizers.Bundles;

namespace Karl.Tokenizers.Tests.Bundles;

[TestClass]
public sealed class BundleTests
{
    [TestMethod]
    public void Open_WrittenBundle_GivesManifestAndParts()
    {
        using Bundle bundle = BundleExamples.Open(BundleExamples.Write());
        Assert.AreEqual("vqgan", bundle.Manifest.Base);
        Assert.AreEqual(4096, bundle.Manifest.CodebookSize);
        CollectionAssert.AreEqual(new[] { 0.005f, 0.01f, 0.38f }, bundle.Manifest.ErrorBins.ToArray());
        Assert.HasCount(2, bundle.Manifest.Parts);
        CollectionAssert.AreEqual(BundleExamples.EncoderBytes, bundle.ReadPart(Bundle.EncoderPart));
        CollectionAssert.AreEqual(BundleExamples.DecoderBytes, bundle.ReadPart(Bundle.DecoderPart));
        StringAssert.Contains(bundle.ToString(), "karl over vqgan, codebook 4096");
    }

    [TestMethod]
    public void Open_ContinuousWithoutPreset_GivesNulls()
    {
        using Bundle bundle = BundleExamples.Open(BundleExamples.Write(BundleExamples.Manifest with { Base = "vae", Quantized = false, CodebookSize = null, Preset = null }));
        Assert.IsNull(bundle.Manifest.CodebookSize);
        Assert.IsNull(bundle.Manifest.Preset);
    }

    [TestMethod]
    public void ReadPart_FlippedBit_NamesPartAndBothHashes()
    {
        byte[] bytes = BundleExamples.Write();
        bytes[bytes.AsSpan().IndexOf("not really"u8)] ^= 1;
        using Bundle bundle = BundleExamples.Open(bytes);
        KarlFormatException exception = Assert.ThrowsExactly<KarlFormatException>(() => bundle.ReadPart(Bundle.EncoderPart));
        StringAssert.Contains(exception.Message, "part 'encoder.onnx' has SHA-256");
        StringAssert.Contains(exception.Message, bundle.Manifest.Parts[0].Sha256);
        CollectionAssert.AreEqual(BundleExamples.DecoderBytes, bundle.ReadPart(Bundle.DecoderPart));
    }

    [TestMethod]
    [DataRow("formatVersion", "2", "format version 2; this library reads version 1. Update the library.")]
    [DataRow("formatVersion", "0", "format version 0; this library reads version 1. Export the model again.")]
    [DataRow("family", "\"other\"", "family 'other'; this library reads families 'karl', ")]
    [DataRow("base", "\"jpeg\"", "base is 'jpeg'; vqgan or vae was expected")]
    [DataRow("storage", "\"int4\"", "storage is 'int4'")]
    [DataRow("imageTokens", "255", "imageTokens is 255; gridSize 16 squared")]
    [DataRow("defaultBudget", "513", "defaultBudget is 513; 1 to 512")]
    [DataRow("imageSize", "2000000000", "imageSize is 2000000000")]
    [DataRow("codebookSize", "null", "codebookSize must be given exactly where")]
    [DataRow("errorBins", "[0.2, 0.1]", "errorBins must be")]
    [DataRow("inputRange", "[-1, 1]", "inputRange must be [0, 1]")]
    [DataRow("encoder", "null", "cannot be understood")]
    [DataRow("imageSize", "\"256\"", "cannot be understood")]
    [DataRow("surprise", "1", "cannot be understood")]
    [DataRow("parts", "[]", "entry 'encoder.onnx' is not named in the manifest. entry 'decoder.onnx' is not named in the manifest. part 'encoder.onnx' is missing. part 'decoder.onnx' is missing.")]
    public void Open_OtherManifest_SaysWhatWasFoundAndExpected(string member, string value, string message)
    {
        byte[] bytes = BundleExamples.WithManifest(manifest => manifest[member] = JsonNode.Parse(value));
        KarlFormatException exception = Assert.ThrowsExactly<KarlFormatException>(() => BundleExamples.Open(bytes));
        StringAssert.Contains(exception.Message, message);
        StringAssert.Contains(exception.Message, "'x.karl'");
        Assert.DoesNotContain("\n", exception.Message);
    }

    [TestMethod]
    public void Open_MissingMember_NamesIt()
    {
        byte[] bytes = BundleExamples.WithManifest(manifest => manifest.Remove("haltingThreshold"));
        StringAssert.Contains(Assert.ThrowsExactly<KarlFormatException>(() => BundleExamples.Open(bytes)).Message, "haltingThreshold");
    }

    [TestMethod]
    public void Open_SeveralProblems_ReportsAll()
    {
        byte[] bytes = BundleExamples.WithManifest(manifest => (manifest["base"], manifest["storage"]) = ("a", "b"));
        string message = Assert.ThrowsExactly<KarlFormatException>(() => BundleExamples.Open(bytes)).Message;
        StringAssert.Contains(message, "base is 'a'");
        StringAssert.Contains(message, "storage is 'b'");
    }

    [TestMethod]
    public void Open_CutOffAnywhere_IsRefused()
    {
        byte[] bytes = BundleExamples.Write();
        for (int length = 0; length < bytes.Length; length += length < 200 || length > bytes.Length - 400 ? 1 : 97)
        {
            byte[] cut = bytes[..length];
            Assert.ThrowsExactly<KarlFormatException>(() => BundleExamples.Open(cut), $"cut to {length}");
        }
    }

    [TestMethod]
    public void Open_RandomEdits_IsRefusedOrSound()
    {
        byte[] original = BundleExamples.Write();
        Random random = new(20250711);
        for (int round = 0; round < 3000; round++)
        {
            byte[] bytes = [.. original];
            for (int edits = random.Next(1, 4); edits > 0; edits--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                using Bundle bundle = BundleExamples.Open(bytes);
                CollectionAssert.AreEqual(BundleExamples.EncoderBytes, bundle.ReadPart(Bundle.EncoderPart));
                CollectionAssert.AreEqual(BundleExamples.DecoderBytes, bundle.ReadPart(Bundle.DecoderPart));
                Assert.AreEqual(BundleExamples.Manifest with { Parts = [], ErrorBins = [], InputRange = [] }, bundle.Manifest with { Parts = [], ErrorBins = [], InputRange = [] });
            }
            catch (KarlFormatException)
            {
            }
        }
    }

    [TestMethod]
    public void Open_CompressedEntries_IsRefused()
    {
        using MemoryStream stream = new();
        using (System.IO.Compression.ZipArchive zip = new(stream, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = zip.CreateEntry("manifest.json").Open();
            entry.Write(new byte[1 << 20]);
        }

        string message = Assert.ThrowsExactly<KarlFormatException>(() => BundleExamples.Open(stream.ToArray())).Message;
        StringAssert.Contains(message, "entry 'manifest.json' is compressed");
    }

    [TestMethod]
    public void Open_SizeThatLies_IsRefusedBeforeItIsAllocated()
    {
        byte[] bytes = BundleExamples.Write();
        int central = bytes.AsSpan().IndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(central + 20), 0x7fff0000);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(central + 24), 0x7fff0000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.ThrowsExactly<KarlFormatException>(() => BundleExamples.Open(bytes));
        Assert.IsLessThan(1 << 20, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void Open_NotABundle_SaysSo()
    {
        StringAssert.Contains(Assert.ThrowsExactly<KarlFormatException>(() => BundleExamples.Open(new byte[100])).Message, "not a zip file");
        StringAssert.Contains(Assert.ThrowsExactly<KarlFormatException>(() => BundleExamples.Open([])).Message, "not a zip file");
        using TemporaryFolder folder = new();
        Assert.ThrowsExactly<FileNotFoundException>(() => Bundle.Open(folder["none.karl"]));
    }
}
