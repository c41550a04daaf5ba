using Karl.Graphs;
using Karl.Networks;
using Karl.Testing;
using Karl.Training.Running;

namespace Karl.Training.Steps;

[TestClass]
public sealed class AlitStepTests
{
    private static readonly AlitStepOptions Options = new();

    [TestMethod]
    [DataRow("vqgan-quantized")]
    [DataRow("vae-continuous")]
    public void Distillation_TwentySteps_MakesTheLossesOfEveryRoundLess(string kind)
    {
        var architecture = TinyAlit.Architecture(kind);
        var weights = TinyKarl.Weights(architecture);
        var step = AlitDistillationStep.Describe(architecture, weights, Options);
        using var runner = TinyKarl.Runner(step, weights);
        var losses = Enumerable.Range(1, 20).Select(number => Run(runner, number, toss: 0.01f)).ToList();
        Assert.IsLessThan(0.95 * losses[0]["loss"][0], losses[^1]["loss"][0]);
        foreach (var name in new[] { "round_1.features", "round_2.features", "round_3.features" }) Assert.IsLessThan(losses[0][name][0], losses[^1][name][0], name);
    }

    [TestMethod]
    [DataRow("vqgan-quantized")]
    [DataRow("vae-continuous")]
    public void Pixels_TwentyStepsOfRoundsByTurns_MakesPixelErrorsLessAndTrainsTheBaseTokenizer(string kind)
    {
        var architecture = TinyAlit.Architecture(kind);
        var weights = TinyKarl.Weights(architecture);
        var step = AlitPixelStep.Describe(architecture, Options);
        using var runner = TinyKarl.Runner(step, weights);
        var losses = Enumerable.Range(1, 21).Select(number => Run(runner, number, round: number % 3, toss: 0.01f, learningRate: 3e-3f)).ToList();
        for (var round = 0; round < 3; round++) Assert.IsLessThan(losses[round]["pixels"][0], losses[18 + round]["pixels"][0]);
        foreach (var name in new[] { "base.encoder.input.weight", "base.decoder.output.weight" }) CollectionAssert.AreNotEqual(weights[name].AsSpan<float>().ToArray(), runner.Read(name), name);
    }

    /// <summary>What a step makes of an image from the tokens of a round is what the model's own graphs make of it, round after round.</summary>
    [TestMethod]
    [DataRow("vae-quantized")]
    [DataRow("vqgan-continuous")]
    public void Pixels_EachRound_IsThatOfTheModel(string kind)
    {
        var architecture = TinyAlit.Architecture(kind);
        var weights = TinyKarl.Weights(architecture);
        var step = AlitPixelStep.Describe(architecture, Options);
        using var runner = TinyKarl.Runner(step, weights);
        using var encoder = new OnnxSession(AlitEncoder.Describe(architecture), weights);
        using var next = new OnnxSession(AlitRound.Describe(architecture), weights);
        using var decoder = new OnnxSession(AlitDecoder.Describe(architecture), weights);
        var inputs = TinyKarl.Inputs(TinyKarl.Images(1), budget: 1);
        var sequence = encoder.Run(inputs.Where(input => input.Key == "image" || (input.Key == "noise" && architecture.Base is VaeArchitecture)).ToDictionary())["sequence"];
        for (var round = 0; round < architecture.Rounds; round++)
        {
            var outputs = next.Run(new Dictionary<string, TensorData>
            {
                ["sequence"] = sequence,
                ["halted"] = TensorData.From(new float[TinyKarl.Batch * 16], TinyKarl.Batch, 16),
                ["round"] = TensorData.From(new long[] { round }, 1),
            });
            sequence = outputs["next_sequence"];
            var count = 4 * (round + 1);
            var wanted = decoder.Run(new Dictionary<string, TensorData>
            {
                [architecture.Quantized ? "codes" : "latents"] = outputs[architecture.Quantized ? "codes" : "latents"],
                ["positions"] = TensorData.From(Enumerable.Range(0, TinyKarl.Batch * count).Select(token => (long)token % count).ToArray(), TinyKarl.Batch, count),
            })["image"].AsSpan<float>().ToArray();
            TensorAssert.AreClose(wanted, Run(runner, 1, round, learningRate: 0)[AlitPixelStep.Reconstruction], 1e-4, TinyKarl.Batch, 3, 16, 16);
        }
    }

    [TestMethod]
    public void Distillation_OneRound_HasItsLossesAlone()
    {
        var architecture = TinyAlit.Architecture("vae-continuous");
        var weights = TinyKarl.Weights(architecture);
        var (all, one) = (AlitDistillationStep.Describe(architecture, weights, Options), AlitDistillationStep.Describe(architecture, weights, Options with { DistilsOneRound = true }));
        using var runner = TinyKarl.Runner(all, weights);
        using var other = TinyKarl.Runner(one, weights);
        var wanted = Run(runner, 1);
        CollectionAssert.AreEqual(new[] { "loss", "features", "gradient_norm" }, one.Reported.ToArray());
        for (var round = 0; round < 3; round++)
        {
            var factor = (float)Options.RoundWeight(round);
            Assert.AreEqual(wanted[$"round_{round + 1}.features"][0], Run(other, 1, round, learningRate: 0)["features"][0], 1e-5);
            Assert.IsGreaterThanOrEqualTo(1, factor);
        }
        var sum = Enumerable.Range(0, 3).Sum(round => (float)Options.RoundWeight(round) * wanted[$"round_{round + 1}.features"][0]);
        Assert.AreEqual(sum, wanted["loss"][0], 1e-5 * sum);
    }

    [TestMethod]
    public void Distillation_Tosses_HaltWhatIsPredictedWellAfterTheFirstRound()
    {
        var architecture = TinyAlit.Architecture("vqgan-continuous");
        var weights = TinyKarl.Weights(architecture);
        var (step, without) = (AlitDistillationStep.Describe(architecture, weights, Options), AlitDistillationStep.Describe(architecture, weights, Options with { HaltsImageTokens = false }));
        using var runner = TinyKarl.Runner(step, weights);
        using var plain = TinyKarl.Runner(without, weights);
        var (none, all, never) = (Run(runner, 1, toss: 1, learningRate: 0), Run(runner, 1, toss: 0, learningRate: 0), Run(plain, 1, learningRate: 0));
        Assert.AreEqual(never["round_3.codes"][0], none["round_3.codes"][0], 1e-5);
        Assert.AreEqual(none["round_1.codes"][0], all["round_1.codes"][0], 1e-6);
        Assert.AreNotEqual(none["round_2.codes"][0], all["round_2.codes"][0], 1e-5f);
    }

    [TestMethod]
    public void Describe_Steps_CarryEverythingThatACheckpointHas()
    {
        var architecture = TinyAlit.Architecture("vae-quantized");
        var weights = TinyKarl.Weights(architecture);
        string[] all = [.. WeightManifest.Of(architecture).Weights.Keys];
        CollectionAssert.AreEquivalent(all, Weights(AlitPixelStep.Describe(architecture, Options)));
        CollectionAssert.AreEquivalent(all.Where(name => !name.StartsWith("base.", StringComparison.Ordinal)).ToArray(), Weights(AlitDistillationStep.Describe(architecture, weights, Options)));

        static string[] Weights(TrainingStep step) => [.. step.State.Select(tensor => tensor.Name).Where(name => name.StartsWith(StateTensor.Average, StringComparison.Ordinal)).Select(name => name[StateTensor.Average.Length..])];
    }

    [TestMethod]
    public void Describe_ImpossibleOptions_NamesThemAll()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => AlitPixelStep.Describe(TinyAlit.Architecture("vae-quantized"), new() { RoundWeights = [], PixelWeight = -2 }));
        foreach (var part in new[] { "no weights of rounds", "weight of pixels is -2" }) StringAssert.Contains(error.Message, part);
        var weight = Assert.ThrowsExactly<ArgumentException>(() => AlitPixelStep.Describe(TinyAlit.Architecture("vae-quantized"), new() { RoundWeights = [1, double.NaN] }));
        StringAssert.Contains(weight.Message, "weight of round 2 is NaN");
    }

    private static IReadOnlyDictionary<string, float[]> Run(StepRunner runner, int number, int round = 0, float toss = 1, float learningRate = 1e-3f) =>
        TinyKarl.Run(runner, TinyKarl.Images(1), number, budget: 1, learningRate, TinyAlit.Extra(round, toss));
}
