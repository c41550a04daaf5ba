using Karl.Export.Architectures;
using Karl.Graphs;
using Karl.Networks;
using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Families;
using Karl.Tokenizers.Tokenization;

namespace Karl.Export.Exporting;

[TestClass]
public sealed class OneDPieceExportTests
{
    private const string Configuration =
        """{"experiment": {"name": "x"}, "model": {"type": "TYPE", "vq_model": {"use_l2_norm": true, "vit_enc_model_size": "ENC", "vit_dec_model_size": "base", "num_latent_tokens": 64}}, "dataset": {}}""";

    [TestMethod]
    public void Export_PublishedNames_GivesABundleThatSaysWhatItIs()
    {
        using TemporaryFolder folder = new();
        new SmallOneDPiece().WriteBundle(folder["small.karl"]);
        using var bundle = Bundle.Open(folder["small.karl"]);
        var manifest = bundle.Manifest;
        Assert.AreEqual(FamilyNames.OneDPiece, manifest.Family);
        Assert.AreEqual((32, 8, 64, 20, 20), (manifest.ImageSize, manifest.GridSize, manifest.ImageTokens, manifest.MaximumBudget, manifest.DefaultBudget));
        Assert.AreEqual((5, (int?)50, (float?)null, (int?)null), (manifest.LatentWidth, manifest.CodebookSize, manifest.HaltingThreshold, manifest.BudgetStep));
        Assert.AreEqual(new BundleTransformer(36, 3, 3), manifest.Encoder);
        Assert.AreEqual(new BundleTransformer(24, 2, 2), manifest.Decoder);
        Assert.IsTrue(manifest.ErrorBins.IsEmpty);
        Assert.IsNull(manifest.Preset);
    }

    /// <summary>The whole way of a checkpoint that our own trainer writes, without a hint: what it is told of itself, and that its graphs are those of its architecture.</summary>
    [TestMethod]
    public void Export_TrainedOverAVae_GivesThatVeryNetwork()
    {
        using TemporaryFolder folder = new();
        SmallOneDPiece small = new();
        var architecture = SmallOneDPiece.OverVae;
        small.WriteTrained(folder["model.safetensors"], architecture, defaultEpsilon: 0.11f);
        var manifest = KarlExporter.Export(folder["model.safetensors"], folder["small.karl"]);
        Assert.AreEqual((FamilyNames.OneDPiece, "vae", 0.11f, 20), (manifest.Family, manifest.Base, manifest.DefaultEpsilon, manifest.MaximumBudget));
        using var tokenizer = ImageTokenizer.Load(folder["small.karl"], new ImageTokenizerOptions { Threads = 1 });
        float[] image = [.. Enumerable.Range(0, 3 * 32 * 32).Select(index => (float)(0.5 + 0.4 * Math.Sin(index)))];
        var tokens = tokenizer.Encode(image, TokenizeOptions.Exactly(7))[0];
        var weights = small.WeightsOf(architecture);
        var codes = OnnxRun.Run(OneDPieceEncoder.Describe(architecture), new Dictionary<string, TensorData> { ["image"] = TensorData.From(image, 1, 3, 32, 32) }, weights)["codes"].AsSpan<long>().ToArray();
        CollectionAssert.AreEqual(codes[..7], tokens.Codes.Select(code => (long)code).ToArray());
        var found = new float[image.Length];
        tokenizer.Decode(tokens, found);
        var wanted = OnnxRun.Run(
            OneDPieceDecoder.Describe(architecture),
            new Dictionary<string, TensorData> { ["codes"] = TensorData.From(codes[..7], 1, 7), ["positions"] = TensorData.From(Enumerable.Range(0, 7).Select(place => (long)place).ToArray(), 1, 7) },
            weights)["image"].AsSpan<float>().ToArray();
        TensorAssert.AreClose(wanted, found, 1e-4, 3, 32, 32);
    }

    [TestMethod]
    public void Export_TiTok_GivesAllTokensOrNone()
    {
        using TemporaryFolder folder = new();
        new SmallOneDPiece().WriteBundle(folder["small.karl"], SmallOneDPiece.Hint with { HasFixedLength = true });
        using var tokenizer = ImageTokenizer.Load(folder["small.karl"], new ImageTokenizerOptions { Parts = TokenizerParts.Encoder, Threads = 1 });
        CollectionAssert.AreEqual(new[] { 20 }, tokenizer.Lengths.ToArray());
        var tokens = tokenizer.Encode(new float[3 * 32 * 32], new TokenizeOptions { Epsilon = 0.5f })[0];
        Assert.AreEqual((20, new ModelRuns(1, 0)), (tokens.Count, tokens.Runs));
        var error = Assert.ThrowsExactly<ArgumentException>(() => tokenizer.Encode(new float[3 * 32 * 32], new TokenizeOptions { Budget = 10 }));
        StringAssert.Contains(error.Message, "Budget is 10; this model gives tokens by 20");
    }

    [TestMethod]
    [DataRow(WeightStorage.Float16, 0.02)]
    [DataRow(WeightStorage.Int8, 0.2)]
    public void Export_OtherStorage_DecodesNearlyTheSame(WeightStorage storage, double allowed)
    {
        using TemporaryFolder folder = new();
        new SmallOneDPiece().WriteCheckpoint(folder["model.safetensors"]);
        KarlExporter.Export(folder["model.safetensors"], folder["exact.karl"], new ExportOptions { Hint = SmallOneDPiece.Hint });
        KarlExporter.Export(folder["model.safetensors"], folder["other.karl"], new ExportOptions { Hint = SmallOneDPiece.Hint, Storage = storage });
        using ImageTokenizer exact = ImageTokenizer.Load(folder["exact.karl"]), other = ImageTokenizer.Load(folder["other.karl"]);
        var tokens = exact.Encode(new float[3 * 32 * 32], TokenizeOptions.Exactly(20))[0];
        float[] wanted = new float[3 * 32 * 32], found = new float[wanted.Length];
        exact.Decode(tokens, wanted);
        other.Decode(tokens, found);
        var difference = wanted.Zip(found, (left, right) => Math.Abs(left - right)).Average();
        Assert.IsGreaterThan(0, difference);
        Assert.IsLessThan(allowed, difference);
        Assert.AreEqual(20, other.Encode(new float[3 * 32 * 32], TokenizeOptions.Exactly(20))[0].Count);
    }

    [TestMethod]
    public void Export_SizesOfNoPublishedModel_AsksForHeads()
    {
        using TemporaryFolder folder = new();
        new SmallOneDPiece().WriteCheckpoint(folder["model.safetensors"]);
        var error = Assert.ThrowsExactly<KarlFormatException>(() => KarlExporter.Export(folder["model.safetensors"], folder["small.karl"]));
        StringAssert.Contains(error.Message, "36 wide, 3 layers");
        StringAssert.Contains(error.Message, "--architecture");
    }

    [TestMethod]
    public void Export_ConfigurationBesideThatTheWeightsContradict_ListsEveryContradiction()
    {
        using TemporaryFolder folder = new();
        new SmallOneDPiece().WriteCheckpoint(folder["model.safetensors"]);
        File.WriteAllText(folder["config.json"], Configured("one_d_piece", "small"));
        var error = Assert.ThrowsExactly<KarlFormatException>(() => KarlExporter.Export(folder["model.safetensors"], folder["small.karl"]));
        foreach (var part in new[] { "36 wide, 'config.json' says 512", "3 blocks, 'config.json' says 8", "24 wide, 'config.json' says 768", "20 latent tokens, 'config.json' says 64" })
        {
            StringAssert.Contains(error.Message, part);
        }
    }

    [TestMethod]
    public void Export_ConfigurationOfSomethingElseBeside_IsPassedOver()
    {
        using TemporaryFolder folder = new();
        new SmallOneDPiece().WriteCheckpoint(folder["model.safetensors"]);
        File.WriteAllText(folder["config.json"], """{"architectures": ["Other"]}""");
        KarlExporter.Export(folder["model.safetensors"], folder["small.karl"], new ExportOptions { Hint = SmallOneDPiece.Hint });
        Assert.IsTrue(File.Exists(folder["small.karl"]));
    }

    [TestMethod]
    public void Export_HintOfAnotherFamily_IsRefused()
    {
        using TemporaryFolder folder = new();
        new SmallOneDPiece().WriteCheckpoint(folder["model.safetensors"]);
        var error = Assert.ThrowsExactly<KarlFormatException>(
            () => KarlExporter.Export(folder["model.safetensors"], folder["small.karl"], new ExportOptions { Hint = ArchitectureHint.OfPreset("karl_small") }));
        StringAssert.Contains(error.Message, "is a checkpoint of One-D-Piece; preset 'karl_small' is of family 'karl'");
    }

    [TestMethod]
    public void Export_CheckpointOfTheFirstStage_NamesTheMissingPixelDecoder()
    {
        using TemporaryFolder folder = new();
        new SmallOneDPiece().WriteCheckpoint(folder["model.safetensors"], tensor => !tensor.Name.StartsWith("pixel_", StringComparison.Ordinal));
        var error = Assert.ThrowsExactly<KarlFormatException>(
            () => KarlExporter.Export(folder["model.safetensors"], folder["small.karl"], new ExportOptions { Hint = SmallOneDPiece.Hint }));
        StringAssert.Contains(error.Message, "'pixel_quantize.embedding.weight' is missing");
    }

    [TestMethod]
    public void Export_WeightsOfNoFamily_SaysWhichThereAre()
    {
        using TemporaryFolder folder = new();
        new SmallOneDPiece().WriteCheckpoint(folder["model.safetensors"], tensor => tensor.Name.StartsWith("pixel_", StringComparison.Ordinal));
        var error = Assert.ThrowsExactly<KarlFormatException>(() => KarlExporter.Export(folder["model.safetensors"], folder["small.karl"]));
        StringAssert.Contains(error.Message, "is not a checkpoint of KARL, ");
        StringAssert.Contains(error.Message, "One-D-Piece");
    }

    [TestMethod]
    [DataRow("one_d_piece", "small", 8, 8, false)]
    [DataRow("titok", "large", 24, 16, true)]
    public void Read_PublishedConfiguration_SaysTheHeads(string type, string size, int layers, int heads, bool isFixed)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["config.json"], Configured(type, size));
        var hint = ArchitectureFile.Read(folder["config.json"]);
        Assert.AreEqual((FamilyNames.OneDPiece, layers, heads, (int?)64, (bool?)isFixed), (hint.Family, hint.Encoder.Layers, hint.Encoder.Heads, hint.Latents, hint.HasFixedLength));
        Assert.AreEqual(new TransformerSize(768, 12, 12), hint.Decoder);
    }

    [TestMethod]
    [DataRow("\"type\": \"TYPE\"", "\"type\": \"maskgit\"", "model.type is 'maskgit'")]
    [DataRow("\"use_l2_norm\": true", "\"use_l2_norm\": false", "use_l2_norm is false")]
    [DataRow("\"use_l2_norm\": true", "\"use_l2_norm\": 1", "is not the configuration of a One-D-Piece")]
    [DataRow("\"num_latent_tokens\": 64", "\"num_latent_tokens\": 1e99", "is not the configuration of a One-D-Piece")]
    [DataRow("\"num_latent_tokens\": 64", "\"other\": 64", "model.vq_model.num_latent_tokens is missing")]
    [DataRow("ENC", "golden", "names the sizes 'golden' and 'base'; published ones are small, base, large")]
    public void Read_ConfigurationThatCannotBe_SaysWhy(string part, string other, string message)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["config.json"], Configuration.Replace(part, other, StringComparison.Ordinal).Replace("TYPE", "titok", StringComparison.Ordinal));
        StringAssert.Contains(Assert.ThrowsExactly<KarlFormatException>(() => ArchitectureFile.Read(folder["config.json"])).Message, message);
    }

    [TestMethod]
    public void Read_ArchitectureFile_CanBeOfOneDPiece()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["a.json"], """{"family": "one-d-piece", "encoder": {"width": 36, "layers": 3, "heads": 3}, "decoder": {"width": 24, "layers": 2, "heads": 2}, "fixedLength": true}""");
        var hint = ArchitectureFile.Read(folder["a.json"]);
        Assert.AreEqual((FamilyNames.OneDPiece, new TransformerSize(36, 3, 3), (bool?)true), (hint.Family, hint.Encoder, hint.HasFixedLength));
    }

    [TestMethod]
    [DataRow("one-d-piece_l256", 1024, 24, 16, 256, false)]
    [DataRow("titok_s128", 512, 8, 8, 128, true)]
    public void OfPreset_PublishedSize_SaysWhatItIs(string name, int width, int layers, int heads, int latents, bool isFixed)
    {
        var hint = ArchitectureHint.OfPreset(name);
        Assert.AreEqual((FamilyNames.OneDPiece, new TransformerSize(width, layers, heads), (int?)latents, (bool?)isFixed), (hint.Family, hint.Encoder, hint.Latents, hint.HasFixedLength));
    }

    private static string Configured(string type, string size) =>
        Configuration.Replace("TYPE", type, StringComparison.Ordinal).Replace("ENC", size, StringComparison.Ordinal);
}
