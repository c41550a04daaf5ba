using Karl.Export.Architectures;
using Karl.Export.Exporting;
using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Families;
using Karl.Tokenizers.Tokenization;

namespace Karl.Export.Families;

[TestClass]
public sealed class AlitExportTests
{
    private const string Recording = "alit-vqgan-quantized";
    private static readonly TemporaryFolder Folder = new();

    [ClassCleanup]
    public static void Cleanup() => Folder.Dispose();

    [TestMethod]
    public void Export_RecordedCheckpoint_GivesEveryLengthThatTheOriginalGives()
    {
        using RecordedExports exports = new();
        using var tokenizer = ImageTokenizer.Load(exports.Bundle(Recording));
        using var goldens = RecordedExports.Goldens(Recording);
        var images = RecordedExports.Images();
        for (var image = 0; image < 4; image++)
        {
            var lengths = tokenizer.EncodeLengths(Image(images, image));
            for (var round = 0; round < 8; round++)
            {
                CollectionAssert.AreEqual(goldens[$"img{image}.none.it{round}.indices"].ToInt64(), lengths[round].Codes.Select(code => (long)code).ToArray());
            }
        }
    }

    [TestMethod]
    public void Export_RecordedCheckpoint_ChoosesTheLengthsThatTheOriginalChooses()
    {
        using RecordedExports exports = new();
        using var tokenizer = ImageTokenizer.Load(exports.Bundle(Recording));
        using var goldens = RecordedExports.Goldens(Recording);
        var images = RecordedExports.Images();
        foreach (var (mode, halting) in new[] { ("none", ImageTokenHalting.None), ("det", ImageTokenHalting.Certain) })
        {
            for (var image = 0; image < 4; image++)
            {
                var thresholds = goldens[$"img{image}.{mode}.minlen_thresholds"].AsSpan<double>().ToArray();
                var tokens = goldens[$"img{image}.{mode}.minlen_tokens"].ToInt64();
                for (var index = 0; index < thresholds.Length; index++)
                {
                    var found = tokenizer.Encode(Image(images, image), new TokenizeOptions { Epsilon = (float)thresholds[index], ImageHalting = halting })[0];
                    Assert.AreEqual(tokens[index], found.Count, $"img{image}.{mode} at {thresholds[index]}");
                }
            }
        }
    }

    [TestMethod]
    public void Export_SmallCheckpoint_SaysWhatTheModelIs()
    {
        SmallAlit model = new(vae: false, quantized: true);
        model.WriteCheckpoint(Folder["small.safetensors"]);
        var manifest = KarlExporter.Export(Folder["small.safetensors"], Folder["small.karl"], new ExportOptions { Hint = Hint(model) });
        Assert.AreEqual(FamilyNames.Alit, manifest.Family);
        Assert.AreEqual((24, 24, 8), (manifest.MaximumBudget, manifest.DefaultBudget, manifest.BudgetStep));
        Assert.AreEqual(0.55f, manifest.ImageHaltingThreshold);
        Assert.IsNull(manifest.HaltingThreshold);
        CollectionAssert.AreEqual(new[] { "encoder.onnx", "round.onnx", "decoder.onnx" }, manifest.Parts.Select(part => part.Name).ToArray());
    }

    [TestMethod]
    [DataRow(WeightStorage.Float16)]
    [DataRow(WeightStorage.Int8)]
    public void Export_OtherStorage_StillTokenizes(WeightStorage storage)
    {
        SmallAlit model = new(vae: true, quantized: false);
        model.WriteCheckpoint(Folder["stored.safetensors"]);
        KarlExporter.Export(Folder["stored.safetensors"], Folder["stored.karl"], new ExportOptions { Hint = Hint(model), Storage = storage });
        using var tokenizer = ImageTokenizer.Load(Folder["stored.karl"]);
        Assert.AreEqual(24, tokenizer.Encode(new float[3 * 64 * 64], TokenizeOptions.Exactly(24))[0].Count);
    }

    [TestMethod]
    public void Export_HintThatDoesNotFit_ListsEveryContradiction()
    {
        SmallAlit model = new(vae: false, quantized: true);
        model.WriteCheckpoint(Folder["hinted.safetensors"]);
        var error = Assert.ThrowsExactly<KarlFormatException>(() => KarlExporter.Export(
            Folder["hinted.safetensors"], Folder["hinted.karl"], new ExportOptions { Hint = ArchitectureHint.OfPreset("alit_base") with { ImageSize = 256, Quantized = false } }));
        foreach (var part in new[] { "36 wide, preset 'alit_base' says 768", "images of 64 pixels, preset 'alit_base' says 256", "latents are quantized" }) StringAssert.Contains(error.Message, part);
        error = Assert.ThrowsExactly<KarlFormatException>(
            () => KarlExporter.Export(Folder["hinted.safetensors"], Folder["hinted.karl"], new ExportOptions { Hint = ArchitectureHint.OfPreset("karl_base") }));
        StringAssert.Contains(error.Message, "is a checkpoint of ALIT; preset 'karl_base' is of family 'karl'");
        error = Assert.ThrowsExactly<KarlFormatException>(() => KarlExporter.Export(Folder["hinted.safetensors"], Folder["hinted.karl"]));
        StringAssert.Contains(error.Message, "--preset");
    }

    [TestMethod]
    public void Export_LatentsThatAreNotFactorized_SaysThatTheyMustBe()
    {
        SmallAlit model = new(vae: false, quantized: false);
        model.WriteCheckpoint(Folder["whole.safetensors"], tensor => tensor.Name.StartsWith("decoder.decoder_embed.", StringComparison.Ordinal) ? [] : [tensor]);
        var error = Assert.ThrowsExactly<KarlFormatException>(() => KarlExporter.Export(Folder["whole.safetensors"], Folder["whole.karl"], new ExportOptions { Hint = Hint(model) }));
        StringAssert.Contains(error.Message, "its latents are not factorized");
    }

    private static ArchitectureHint Hint(SmallAlit model) =>
        new("a test") { Family = FamilyNames.Alit, Encoder = model.Architecture.Encoder, Decoder = model.Architecture.Decoder };

    private static ReadOnlyMemory<float> Image(float[] images, int image) => images.AsMemory(image * 3 * 256 * 256, 3 * 256 * 256);
}
