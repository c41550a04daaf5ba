namespace Karl.Networks;

[TestClass]
public sealed class KarlArchitectureTests
{
    [TestMethod]
    public void Validate_SeveralImpossibleThings_ListsThemAll()
    {
        var architecture = new KarlArchitecture(new VqganArchitecture { Channels = 100 }, new(128, 2, 3), new(64, 0, 2)) { ImageSize = 250 };
        var error = Assert.ThrowsExactly<ArgumentException>(architecture.Validate);
        foreach (var part in new[] { "base channels are 100", "leaves no room for the patch embedding", "3 heads do not divide its width 128", "0 layers", "250 is not a positive multiple of 16" })
        {
            StringAssert.Contains(error.Message, part);
        }
    }

    [TestMethod]
    public void Get_UnknownPreset_ListsThoseThatExist()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => KarlPresets.Get("huge"));
        StringAssert.Contains(error.Message, "karl_tiny");
        StringAssert.Contains(error.Message, "karl_semilarge_decoder_small");
    }

    [TestMethod]
    public void Get_NameWithoutPrefix_IsTheSamePreset() => Assert.AreSame(KarlPresets.Get("karl_small"), KarlPresets.Get("small"));

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Describe_EitherKindOfLatents_TakesAndGivesWhatTheBundleSays(bool quantized)
    {
        var architecture = KarlPresets.Get("karl_tiny").OverVae(quantized);
        var (encoder, decoder) = (KarlEncoder.Describe(architecture), KarlDecoder.Describe(architecture));
        CollectionAssert.AreEqual(
            new[] { "image: float32 [batch, 3, 256, 256]", "epsilon: float32 [batch]", "budget: int64 [1]", "noise: float32 [batch, 16, 16, 16]" },
            encoder.Inputs.Select(input => input.ToString()).ToArray());
        Assert.AreEqual("float32 [batch, budget, 12]", $"{encoder["latents"].Type.ToString().ToLowerInvariant()} {encoder["latents"].Shape}");
        Assert.AreEqual("[batch, budget]", encoder["halting_probabilities"].Shape.ToString());
        Assert.AreEqual(quantized, encoder.Find("codes") is not null);
        Assert.AreEqual("[batch, 3, 256, 256]", decoder["image"].Shape.ToString());
        Assert.AreEqual(quantized ? "codes" : "latents", decoder.Inputs[0].Name);
    }
}
