using System.Globalization;
using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Tokenization;

namespace Karl.Export.Exporting;

[TestClass]
public sealed class KarlExporterTests
{
    private static readonly int[] Budgets = [32, 128, 256];
    private static readonly float[] Epsilons = [0.03f, 0.05f, 0.09f];
    private static RecordedExports _exports = null!;

    [ClassInitialize]
    public static void Initialize(TestContext _) => _exports = new RecordedExports();

    [ClassCleanup]
    public static void Cleanup() => _exports.Dispose();

    [TestMethod]
    [DataRow("karl-vqgan-quantized", "")]
    [DataRow("karl-vae-continuous", "mode.")]
    public void Export_RecordedCheckpoint_KeepsTheTokensThatTheOriginalKeeps(string recording, string mode)
    {
        using var tokenizer = ImageTokenizer.Load(_exports.Bundle(recording));
        using var goldens = RecordedExports.Goldens(recording);
        foreach (var budget in Budgets)
        {
            foreach (var epsilon in Epsilons)
            {
                var all = tokenizer.Encode(RecordedExports.Images(), new TokenizeOptions { Budget = budget, Epsilon = epsilon });
                for (var image = 0; image < all.Length; image++)
                {
                    var key = string.Create(CultureInfo.InvariantCulture, $"img{image}.{mode}b{budget}.q{epsilon}.");
                    var active = goldens[key + "active"].AsSpan<bool>().ToArray();
                    CollectionAssert.AreEqual(Enumerable.Range(0, budget).Where(position => active[position]).ToArray(), all[image].Positions.ToArray(), key);
                    TensorAssert.AreClose(goldens[key + "halt_prob"].ToFloat32(), all[image].HaltingProbabilities.AsSpan(), 1e-5, budget);
                    if (!all[image].IsQuantized) continue;
                    var indices = goldens[key + "indices"].ToInt64();
                    CollectionAssert.AreEqual(all[image].Positions.Select(position => (int)indices[position]).ToArray(), all[image].Codes.ToArray(), key);
                }
            }
        }
    }

    [TestMethod]
    [DataRow("karl-vqgan-quantized", "")]
    [DataRow("karl-vae-continuous", "mode.")]
    public void Export_RecordedCheckpoint_ReconstructsWhatTheOriginalReconstructs(string recording, string mode)
    {
        using var tokenizer = ImageTokenizer.Load(_exports.Bundle(recording));
        using var goldens = RecordedExports.Goldens(recording);
        var values = 3 * tokenizer.ImageSize * tokenizer.ImageSize;
        var tokens = tokenizer.Encode(RecordedExports.Images().AsMemory(0, values), new TokenizeOptions { Budget = 256, Epsilon = 0.05f })[0];
        var pixels = new float[values];
        tokenizer.Decode(tokens, pixels);
        TensorAssert.AreClose(goldens[$"img0.{mode}b256.q0.05.recon"].ToFloat32(), pixels, 6e-5, 3, tokenizer.ImageSize, tokenizer.ImageSize);
    }

    [TestMethod]
    public void Export_Twice_GivesTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        var hint = Architectures.ArchitectureFile.Read(SharedFiles.Require("reference", "karl-vqgan-quantized", "architecture.json"));
        var checkpoint = SharedFiles.Require("reference", "karl-vqgan-quantized", "checkpoint.pth");
        KarlExporter.Export(checkpoint, folder["again.karl"], new ExportOptions { Hint = hint });
        CollectionAssert.AreEqual(File.ReadAllBytes(_exports.Bundle("karl-vqgan-quantized")), File.ReadAllBytes(folder["again.karl"]));
    }

    [TestMethod]
    public void Export_SizesThatTheShapesContradict_ListsEveryContradiction()
    {
        using var folder = new TemporaryFolder();
        var checkpoint = SharedFiles.Require("reference", "karl-vqgan-quantized", "checkpoint.pth");
        var error = Assert.ThrowsExactly<KarlFormatException>(() => KarlExporter.Export(
            checkpoint,
            folder["model.karl"],
            new ExportOptions { Hint = Architectures.ArchitectureHint.OfPreset("karl_base") }));
        foreach (var part in new[] { "80 wide, preset 'karl_base' says 768", "2 blocks", "64 wide", "3 blocks" }) StringAssert.Contains(error.Message, part);
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder.FullPath));
    }

    [TestMethod]
    public void Export_Half_TakesHalfTheSpaceAndReconstructsNearlyTheSame()
    {
        using var folder = new TemporaryFolder();
        var hint = Architectures.ArchitectureFile.Read(SharedFiles.Require("reference", "karl-vqgan-quantized", "architecture.json"));
        KarlExporter.Export(SharedFiles.Require("reference", "karl-vqgan-quantized", "checkpoint.pth"), folder["half.karl"], new ExportOptions { Hint = hint, Storage = WeightStorage.Float16 });
        Assert.IsLessThan(0.62, (double)new FileInfo(folder["half.karl"]).Length / new FileInfo(_exports.Bundle("karl-vqgan-quantized")).Length);
        using var half = ImageTokenizer.Load(folder["half.karl"]);
        using var full = ImageTokenizer.Load(_exports.Bundle("karl-vqgan-quantized"));
        Assert.AreEqual("float16", half.Manifest.Storage);
        var tokens = full.Encode(RecordedExports.Images())[0];
        var (expected, actual) = (new float[3 * 256 * 256], new float[3 * 256 * 256]);
        full.Decode(tokens, expected);
        half.Decode(tokens, actual);
        TensorAssert.AreClose(expected, actual, 0.02, 3, 256, 256);
        CollectionAssert.AreNotEqual(expected, actual);
    }
}
