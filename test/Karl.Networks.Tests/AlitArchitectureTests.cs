namespace Karl.Networks;

[TestClass]
public sealed class AlitArchitectureTests
{
    [TestMethod]
    public void Validate_SeveralImpossibleThings_ListsThemAll()
    {
        var architecture = new AlitArchitecture(new VqganArchitecture { Channels = 100 }, new(128, 2, 3), new(64, 0, 2)) { ImageSize = 250, Rounds = 0, HaltingThreshold = 2 };
        var error = Assert.ThrowsExactly<ArgumentException>(architecture.Validate);
        foreach (var part in new[]
        {
            "base channels are 100", "leaves no room for the patch embedding", "3 heads do not divide its width 128", "0 layers", "250 is not a positive multiple of 16",
            "0 rounds of 32 latent tokens", "the halting threshold is 2",
        })
        {
            StringAssert.Contains(error.Message, part);
        }
    }

    [TestMethod]
    public void Get_UnknownPreset_ListsThoseThatExist() =>
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => AlitPresets.Get("karl_small")).Message, "alit_tiny, alit_small, alit_base, alit_semilarge");

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Describe_OverVqgan_TakesAndGivesWhatTheBundleSays(bool quantized)
    {
        var architecture = AlitPresets.Get("alit_tiny").OverVqgan(quantized);
        var (encoder, round, decoder) = (AlitEncoder.Describe(architecture), AlitRound.Describe(architecture), AlitDecoder.Describe(architecture));
        CollectionAssert.AreEqual(new[] { "image: float32 [batch, 3, 256, 256]" }, encoder.Inputs.Select(input => input.ToString()).ToArray());
        Assert.AreEqual("[batch, 257, 512]", encoder["sequence"].Shape.ToString());
        Assert.AreEqual("[batch, 256]", encoder["base_codes"].Shape.ToString());
        CollectionAssert.AreEqual(
            new[] { "sequence: float32 [batch, carried, 512]", "halted: float32 [batch, 256]", "round: int64 [1]" },
            round.Inputs.Select(input => input.ToString()).ToArray());
        Assert.AreEqual("[batch, carried+32, 512]", round["next_sequence"].Shape.ToString());
        Assert.AreEqual(quantized, round.Find("codes") is not null);
        Assert.AreEqual("[batch, 3, 256, 256]", decoder["image"].Shape.ToString());
        Assert.AreEqual("[batch, 256, 1024]", decoder["code_probabilities"].Shape.ToString());
        Assert.AreEqual(quantized ? "codes" : "latents", decoder.Inputs[0].Name);
    }

    [TestMethod]
    public void Describe_OverVae_TakesNoiseAndKnowsNoBaseCodes()
    {
        var architecture = AlitPresets.Get("alit_tiny").OverVae();
        var encoder = AlitEncoder.Describe(architecture);
        CollectionAssert.AreEqual(new[] { "image", "noise" }, encoder.Inputs.Select(input => input.Name).ToArray());
        CollectionAssert.AreEqual(new[] { "sequence" }, encoder.Outputs.Select(output => output.Name).ToArray());
        CollectionAssert.AreEqual(new[] { "image" }, AlitDecoder.Describe(architecture).Outputs.Select(output => output.Name).ToArray());
    }

    [TestMethod]
    public void Fold_Round_KeepsNoWeightOfFreshTokensButTheirTables()
    {
        var folded = AlitRound.Describe(AlitPresets.Get("alit_tiny").OverVqgan()).Fold();
        Assert.IsFalse(folded.Graph.Parameters.Any(parameter => parameter.Name is "encoder.latent_tokens" or "encoder.round_embeddings" or "encoder.next_norm.weight"));
        Assert.IsTrue(folded.Graph.Parameters.Any(parameter => parameter.Shape.ToString() == "[8, 32, 512]"));
    }
}
