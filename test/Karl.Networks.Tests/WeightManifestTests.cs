using Karl.Testing;

namespace Karl.Networks;

[TestClass]
public sealed class WeightManifestTests
{
    public static IEnumerable<object[]> Presets => KarlPresets.All.Select(preset => new object[] { preset.Name });

    public static IEnumerable<object[]> OneDPiecePresetNames => OneDPiecePresets.All.Select(preset => new object[] { preset.Name });

    public static IEnumerable<object[]> AlitPresetNames => AlitPresets.All.Select(preset => new object[] { preset.Name });

    [TestMethod]
    [DynamicData(nameof(Presets))]
    public void Of_EveryPreset_HasTheApprovedWeights(string preset)
    {
        var sizes = KarlPresets.Get(preset);
        ApprovedText.Verify($"over VQGAN\n{Lines(sizes.OverVqgan(), isBase: false)}\nover VAE\n{Lines(sizes.OverVae(), isBase: false)}", Path.Combine("Manifests", preset + ".approved.txt"));
    }

    [TestMethod]
    [DynamicData(nameof(AlitPresetNames))]
    public void Of_EveryAlitPreset_HasTheApprovedWeights(string preset)
    {
        var sizes = AlitPresets.Get(preset);
        ApprovedText.Verify(
            $"over VQGAN\n{Lines(WeightManifest.Of(sizes.OverVqgan()), isBase: false)}\nover VAE\n{Lines(WeightManifest.Of(sizes.OverVae()), isBase: false)}",
            Path.Combine("Manifests", preset + ".approved.txt"));
    }

    [TestMethod]
    [DynamicData(nameof(OneDPiecePresetNames))]
    public void Of_EveryOneDPiecePreset_HasTheApprovedWeights(string preset) =>
        ApprovedText.Verify(WeightManifest.Of(OneDPiecePresets.Get(preset).Architecture).ToString(), Path.Combine("Manifests", preset + ".approved.txt"));

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Of_AlitOverEitherBase_NeedsTheWeightsOfTheBaseThatKarlNeeds(bool vae)
    {
        var (alit, karl) = (AlitPresets.Get("alit_small"), KarlPresets.Get("karl_small"));
        Assert.AreEqual(
            Lines(WeightManifest.Of(vae ? karl.OverVae() : karl.OverVqgan()), isBase: true),
            Lines(WeightManifest.Of(vae ? alit.OverVae() : alit.OverVqgan()), isBase: true));
    }

    [TestMethod]
    [DataRow("vqgan")]
    [DataRow("vae")]
    public void Of_EitherBase_HasTheApprovedWeights(string name)
    {
        var sizes = KarlPresets.Get("karl_small");
        ApprovedText.Verify(Lines(name == "vae" ? sizes.OverVae() : sizes.OverVqgan(), isBase: true), Path.Combine("Manifests", $"base_{name}.approved.txt"));
    }

    [TestMethod]
    public void Of_KarlSmallOverVqgan_Has271MillionNumbers() =>
        Assert.AreEqual(271, Math.Round(WeightManifest.Of(KarlPresets.Get("karl_small").OverVqgan()).ElementCount / 1e6));

    [TestMethod]
    public void Of_ContinuousLatents_NeedNoCodebook()
    {
        var quantized = WeightManifest.Of(KarlPresets.Get("tiny").OverVqgan());
        var continuous = WeightManifest.Of(KarlPresets.Get("tiny").OverVqgan(quantized: false));
        CollectionAssert.AreEquivalent(new[] { "codebook.weight" }, quantized.Weights.Keys.Except(continuous.Weights.Keys).ToArray());
    }

    /// <summary>The lines of the base tokenizer, which no preset changes, or all the others.</summary>
    private static string Lines(ITokenizerArchitecture architecture, bool isBase) => Lines(WeightManifest.Of(architecture), isBase);

    private static string Lines(WeightManifest manifest, bool isBase) =>
        string.Join('\n', manifest.ToString().Split('\n').Where(line => line.StartsWith("base.", StringComparison.Ordinal) == isBase));
}
