namespace Karl.Networks;

[TestClass]
public sealed class OneDPieceArchitectureTests
{
    [TestMethod]
    public void Validate_SeveralImpossibleThings_ListsThemAll()
    {
        var architecture = new OneDPieceArchitecture(new VqganArchitecture { Channels = 100 }, new(128, 2, 3), new(64, 0, 2)) { ImageSize = 250, MaximumLatents = 0 };
        var error = Assert.ThrowsExactly<ArgumentException>(architecture.Validate);
        foreach (var part in new[]
        {
            "base channels are 100", "3 heads do not divide its width 128", "0 layers", "250 is not a positive multiple of 16", "number of latents",
        })
        {
            StringAssert.Contains(error.Message, part);
        }
    }

    [TestMethod]
    public void Get_UnknownPreset_ListsThoseThatExist() =>
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => OneDPiecePresets.Get("karl_small")).Message, "one-d-piece_s256, one-d-piece_b256, one-d-piece_l256, titok_s128");

    [TestMethod]
    [DataRow("one-d-piece_s256", 256)]
    [DataRow("titok_l32", 32)]
    public void Describe_Preset_TakesAndGivesWhatTheBundleSays(string preset, int latents)
    {
        var architecture = OneDPiecePresets.Get(preset).Architecture;
        var parts = architecture.Describe().ToDictionary(part => part.Name, part => part.Graph);
        CollectionAssert.AreEqual(new[] { "image: float32 [batch, 3, 256, 256]" }, parts["encoder"].Inputs.Select(input => input.ToString()).ToArray());
        Assert.AreEqual($"[batch, {latents}]", parts["encoder"]["codes"].Shape.ToString());
        Assert.AreEqual($"[batch, {latents}, 12]", parts["encoder"]["latents"].Shape.ToString());
        CollectionAssert.AreEqual(
            new[] { "codes: int64 [batch, kept]", "positions: int64 [batch, kept]" }, parts["decoder"].Inputs.Select(input => input.ToString()).ToArray());
        Assert.AreEqual("[batch, 3, 256, 256]", parts["decoder"]["image"].Shape.ToString());
    }

    [TestMethod]
    public void Fold_Encoder_KeepsNoSumsOfWeights()
    {
        var folded = OneDPieceEncoder.Describe(OneDPiecePresets.Get("one-d-piece_s256").Architecture).Fold();
        Assert.IsFalse(folded.Graph.Parameters.Any(parameter => parameter.Name is "encoder.latent_tokens" or "encoder.latent_positions" or "encoder.class_token"));
        Assert.IsTrue(folded.Graph.Parameters.All(parameter => parameter.Rank != 4 || parameter.Shape[2] == parameter.Shape[3]));
    }
}
