using System.IO.Compression;
using System.Text;
using Karl.Graphs.Onnx;
using Karl.Testing;
using Karl.Tokenizers.Bundles;

namespace Karl.Tokenizers.Tests.Bundles;

/// <summary>
/// Random damage to bundles: each is read, or refused with the documented exception, in bounded time and memory. Check sums catch nearly all of it,
/// so damage is also done behind them: in a manifest that is packed again, and in graphs whose hashes the manifest then has right.
/// </summary>
[TestClass]
public sealed class BundleMutationTests : IDisposable
{
    private const long MemoryLimit = 64 << 20;
    private static readonly ImageTokenizerOptions Options = new() { Threads = 1, AllowSpinning = false };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Damaged_Bundle_IsReadOrRefused() => DamageFile(300);

    [TestMethod]
    public void Damaged_Manifest_IsReadOrRefused() => DamageManifest(300);

    [TestMethod]
    public void Damaged_Graph_IsLoadedOrRefused() => DamageGraphs(40);

    [TestMethod]
    [DataRow("karl", "k\u00dcrl")]
    [DataRow("karl", "\\ud800rl")]
    [DataRow("vqgan", "\u00dcqgan")]
    [DataRow("vqgan", "\\udc00an")]
    public void Manifest_TextThatIsNoUnicode_IsRefused(string text, string damage)
    {
        new TinyModel().Write(_folder["tiny.karl"]);
        byte[] whole = File.ReadAllBytes(_folder["tiny.karl"]);
        byte[] damaged = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(Unpacked(whole, "manifest.json")).Replace($"\"{text}\"", $"\"{damage}\"", StringComparison.Ordinal));
        KarlFormatException error = Assert.ThrowsExactly<KarlFormatException>(() => Load(WithManifest(whole, damaged)));
        StringAssert.Contains(error.Message, "manifest.json cannot be understood");
        Assert.DoesNotContain('\n', error.Message);
    }

    [TestMethod]
    [TestCategory("Mutation")]
    public void Damaged_BundleThousandsOfTimes_IsReadOrRefused() => DamageFile(10_000);

    [TestMethod]
    [TestCategory("Mutation")]
    public void Damaged_ManifestThousandsOfTimes_IsReadOrRefused() => DamageManifest(10_000);

    [TestMethod]
    [TestCategory("Mutation")]
    public void Damaged_GraphThousandsOfTimes_IsLoadedOrRefused() => DamageGraphs(3000);

    private void DamageFile(int count)
    {
        new TinyModel().Write(_folder["tiny.karl"]);
        int refused = Mutations.AssertRefusesOrReads<KarlFormatException>(File.ReadAllBytes(_folder["tiny.karl"]), 11, count, MemoryLimit, Load);
        Assert.IsGreaterThan(count / 2, refused);
    }

    private void DamageManifest(int count)
    {
        new TinyModel().Write(_folder["tiny.karl"]);
        byte[] whole = File.ReadAllBytes(_folder["tiny.karl"]);
        byte[] manifest = Unpacked(whole, "manifest.json");
        int refused = Mutations.AssertRefusesOrReads<KarlFormatException>(manifest, 12, count, MemoryLimit, damaged => Load(WithManifest(whole, damaged)));
        Assert.IsGreaterThan(count / 2, refused);
    }

    private void DamageGraphs(int count)
    {
        TinyModel model = new();
        byte[] encoder = OnnxWriter.ToBytes(model.EncoderGraph()), decoder = OnnxWriter.ToBytes(model.DecoderGraph());
        int refused = Mutations.AssertRefusesOrReads<KarlFormatException>(encoder, 13, count, MemoryLimit, damaged => LoadParts(model, damaged, decoder));
        refused += Mutations.AssertRefusesOrReads<KarlFormatException>(decoder, 14, count, MemoryLimit, damaged => LoadParts(model, encoder, damaged));
        Assert.IsGreaterThan(count / 4, refused);
    }

    private void LoadParts(TinyModel model, byte[] encoder, byte[] decoder)
    {
        BundleWriter.Write(_folder["damaged.karl"], model.Manifest, [BundlePartSource.FromBytes(Bundle.EncoderPart, encoder), BundlePartSource.FromBytes(Bundle.DecoderPart, decoder)]);
        using ImageTokenizer tokenizer = ImageTokenizer.Load(_folder["damaged.karl"], Options);
    }

    /// <summary>Reads all parts, and loads the model if they are sound.</summary>
    private static void Load(byte[] bytes)
    {
        using Bundle bundle = Bundle.Open(new MemoryStream(bytes), "damaged.karl");
        foreach (BundlePart part in bundle.Manifest.Parts)
        {
            Assert.AreEqual(part.Bytes, bundle.ReadPart(part.Name).Length);
        }

        using ImageTokenizer tokenizer = ImageTokenizer.Load(bundle, Options);
    }

    private static byte[] Unpacked(byte[] zip, string name)
    {
        using ZipArchive archive = new(new MemoryStream(zip));
        using Stream entry = archive.GetEntry(name)!.Open();
        MemoryStream content = new();
        entry.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>The same bundle with another manifest, whose check sum is right.</summary>
    private static byte[] WithManifest(byte[] bundle, byte[] manifest)
    {
        MemoryStream stream = new();
        using (ZipArchive target = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string name in new[] { "manifest.json", Bundle.EncoderPart, Bundle.DecoderPart })
            {
                using Stream entry = target.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(name == "manifest.json" ? manifest : Unpacked(bundle, name));
            }
        }

        return stream.ToArray();
    }
}
