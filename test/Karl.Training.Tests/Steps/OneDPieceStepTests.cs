using Karl.Graphs;
using Karl.Networks;
using Karl.Testing;

namespace Karl.Training.Steps;

[TestClass]
public sealed class OneDPieceStepTests
{
    private static readonly OneDPieceStepOptions Options = new() { FeatureWeight = 1 };

    [TestMethod]
    [DataRow("vqgan", "codes")]
    [DataRow("vae", "features")]
    public void Distillation_TwentySteps_MakesLossesOfAFewTokensLess(string kind, string loss)
    {
        var architecture = TinyOneDPiece.Architecture(kind, mixesLatents: kind == "vqgan");
        var weights = TinyKarl.Weights(architecture);
        var step = OneDPieceDistillationStep.Describe(architecture, weights, Options);
        using var runner = TinyKarl.Runner(step, weights);
        var losses = Enumerable.Range(1, 20).Select(number => TinyKarl.Run(runner, TinyKarl.Images(1), number, budget: 1 + number % 4)).ToList();
        Assert.IsLessThan(0.95 * losses[0]["loss"][0], losses[^1]["loss"][0]);
        Assert.IsLessThan(losses[0][loss][0], losses[^1][loss][0]);
        Assert.IsFalse(step.State.Any(tensor => tensor.Name.Contains("base.", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Pixels_AsPublished_TrainsTheDecodersAlone()
    {
        var architecture = TinyOneDPiece.Architecture("vqgan", mixesLatents: true);
        var weights = TinyKarl.Weights(architecture);
        var step = OneDPiecePixelStep.Describe(architecture, weights);
        Assert.IsTrue(step.State.All(tensor => tensor.Name.Contains("decoder.", StringComparison.Ordinal) || tensor.Name.Contains("base.codebook.", StringComparison.Ordinal)));
        CollectionAssert.AreEqual(new[] { "loss", "pixels", "squared_pixels", "gradient_norm" }, step.Reported.ToArray());
        using var runner = TinyKarl.Runner(step, weights);
        var losses = Enumerable.Range(1, 20).Select(number => TinyKarl.Run(runner, TinyKarl.Images(1), number, budget: 6, learningRate: 3e-3f)).ToList();
        Assert.AreEqual(losses[0]["squared_pixels"][0], losses[0]["loss"][0]);
        Assert.IsLessThan(losses[0]["loss"][0], losses[^1]["loss"][0]);
    }

    [TestMethod]
    public void Pixels_EverythingTogether_TrainsAllThatACheckpointHas()
    {
        var architecture = TinyOneDPiece.Architecture("vae");
        var weights = TinyKarl.Weights(architecture);
        var step = OneDPiecePixelStep.Describe(architecture, new WeightDictionary(), Options with { KeepsEncoder = false });
        CollectionAssert.AreEquivalent(
            WeightManifest.Of(architecture).Weights.Keys.ToArray(),
            step.State.Select(tensor => tensor.Name).Where(name => name.StartsWith(StateTensor.Average, StringComparison.Ordinal)).Select(name => name[StateTensor.Average.Length..]).ToArray());
        using var runner = TinyKarl.Runner(step, weights);
        var losses = Enumerable.Range(1, 20).Select(number => TinyKarl.Run(runner, TinyKarl.Images(1), number, budget: 6, learningRate: 3e-3f)).ToList();
        Assert.IsLessThan(losses[0]["squared_pixels"][0], losses[^1]["squared_pixels"][0]);
    }

    /// <summary>What a step makes of the first tokens of an image is what the model's own graphs make of them.</summary>
    [TestMethod]
    [DataRow("vqgan", true, 5)]
    [DataRow("vae", false, 1)]
    [DataRow("vae", false, 12)]
    public void Pixels_FirstTokens_AreThoseOfTheModel(string kind, bool mixesLatents, int budget)
    {
        var architecture = TinyOneDPiece.Architecture(kind, mixesLatents);
        var weights = TinyKarl.Weights(architecture);
        var step = OneDPiecePixelStep.Describe(architecture, weights, Options);
        using var runner = TinyKarl.Runner(step, weights);
        using var encoder = new OnnxSession(OneDPieceEncoder.Describe(architecture), weights);
        using var decoder = new OnnxSession(OneDPieceDecoder.Describe(architecture), weights);
        var images = TinyKarl.Images(1);
        var codes = encoder.Run(new Dictionary<string, TensorData> { ["image"] = TensorData.From(images, TinyKarl.Batch, 3, 16, 16) })["codes"].AsSpan<long>().ToArray();
        var wanted = decoder.Run(new Dictionary<string, TensorData>
        {
            ["codes"] = TensorData.From(codes.Where((_, index) => index % 12 < budget).ToArray(), TinyKarl.Batch, budget),
            ["positions"] = TensorData.From(Enumerable.Range(0, TinyKarl.Batch * budget).Select(token => (long)token % budget).ToArray(), TinyKarl.Batch, budget),
        })["image"].AsSpan<float>().ToArray();
        TensorAssert.AreClose(wanted, TinyKarl.Run(runner, images, 1, budget, learningRate: 0)[OneDPiecePixelStep.Reconstruction], 1e-4, TinyKarl.Batch, 3, 16, 16);
    }

    [TestMethod]
    public void Distillation_OverAVaeWithoutFeatures_IsRefused()
    {
        var architecture = TinyOneDPiece.Architecture("vae");
        var error = Assert.ThrowsExactly<ArgumentException>(() => OneDPieceDistillationStep.Describe(architecture, TinyKarl.Weights(architecture)));
        StringAssert.Contains(error.Message, "weight of features is 0");
    }
}
