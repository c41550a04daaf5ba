using Karl.Graphs;
using Karl.Networks;
using Karl.Testing;
using Karl.Training.Optimizers;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Training.Steps;

[TestClass]
public sealed class KarlDistillationStepTests
{
    private static readonly KarlStepOptions Options = new() { FullBudget = 8 };

    [TestMethod]
    [DataRow("vqgan-quantized")]
    [DataRow("vqgan-continuous")]
    [DataRow("vae-quantized")]
    [DataRow("vae-continuous")]
    public void Run_TwentySteps_MakesEveryLossOfTheSumLess(string kind)
    {
        var architecture = TinyKarl.Architecture(kind);
        var weights = TinyKarl.Weights(architecture);
        var step = KarlDistillationStep.Describe(architecture, weights, Options);
        using var runner = TinyKarl.Runner(step, weights);
        var images = TinyKarl.Images(seed: 1);
        var losses = Enumerable.Range(1, 20).Select(number => TinyKarl.Run(runner, images, number, budget: 4)).ToList();
        Assert.IsLessThan(0.95 * losses[0]["loss"][0], losses[^1]["loss"][0]);
        Assert.IsLessThan(Halting(losses[0]), Halting(losses[^1]));
        Assert.IsLessThan(losses[0]["estimate.features"][0], losses[^1]["estimate.features"][0]);
        foreach (var result in losses)
        {
            var sum = result.Where(output => output.Key.StartsWith("estimate.", StringComparison.Ordinal) || output.Key.StartsWith("tokenize.", StringComparison.Ordinal)).Sum(output => output.Value[0]);
            Assert.AreEqual(sum, result["loss"][0], 1e-5f * sum);
            Assert.HasCount(TinyKarl.Batch, result[KarlDistillationStep.Errors]);
        }

        static float Halting(IReadOnlyDictionary<string, float[]> result) => result["tokenize.keep"][0] + result["tokenize.halt"][0];
    }

    [TestMethod]
    public void Run_BudgetAsLargeAsTheFullOne_AsksNothingToHalt()
    {
        var architecture = TinyKarl.Architecture("vqgan-quantized");
        var weights = TinyKarl.Weights(architecture);
        var step = KarlDistillationStep.Describe(architecture, weights, Options);
        using var runner = TinyKarl.Runner(step, weights);
        Assert.AreEqual(0, TinyKarl.Run(runner, TinyKarl.Images(1), 1, budget: 8)["tokenize.halt"][0]);
        var above = TinyKarl.Run(runner, TinyKarl.Images(1), 2, budget: 12);
        Assert.AreEqual(0, above["tokenize.halt"][0]);
        Assert.IsGreaterThan(0, above["tokenize.keep"][0]);
    }

    [TestMethod]
    public void Describe_Step_CarriesEverythingButTheBaseTokenizer()
    {
        var architecture = TinyKarl.Architecture("vqgan-quantized");
        var weights = TinyKarl.Weights(architecture);
        var step = KarlDistillationStep.Describe(architecture, weights, Options);
        CollectionAssert.AreEquivalent(
            weights.Keys.Where(name => !name.StartsWith("base.", StringComparison.Ordinal)).SelectMany(name => new[] { name, StateTensor.FirstMoment + name, StateTensor.SecondMoment + name, StateTensor.Average + name }).ToArray(),
            step.State.Select(tensor => tensor.Name).ToArray());
        CollectionAssert.AreEqual(
            new[] { "loss", "estimate.keep", "estimate.codes", "estimate.features", "estimate.quantizer", "tokenize.keep", "tokenize.halt", "tokenize.codes", "tokenize.features", "tokenize.quantizer", "kept_tokens", "gradient_norm" },
            step.Reported.ToArray());
        CollectionAssert.AreEquivalent(
            new[] { "image", "epsilon", "budget", AdamW.LearningRate, AdamW.Step },
            step.Graph.Inputs.Select(input => input.Name).Except(step.State.Select(tensor => tensor.Name)).ToArray());
    }

    [TestMethod]
    public void Describe_ImpossibleOptions_NamesThemAll()
    {
        var architecture = TinyKarl.Architecture("vqgan-quantized");
        var error = Assert.ThrowsExactly<ArgumentException>(() => KarlDistillationStep.Describe(architecture, new WeightDictionary(), new() { FullBudget = 13, HaltingWeight = -1 }));
        foreach (var part in new[] { "full budget is 13", "1 to 12 latent tokens", "weight of halting is -1" }) StringAssert.Contains(error.Message, part);
    }

    [TestMethod]
    [DataRow(1f, true)]
    [DataRow(0f, false)]
    public void Run_QuantizesGradually_IsThePublishedStepAtOneAlone(float quantization, bool same)
    {
        var (plain, gradual) = (FirstLosses(Options), FirstLosses(Options with { QuantizesGradually = true }, (TrainingStep.Quantization, [quantization])));
        foreach (var name in new[] { "estimate.features", "tokenize.features" })
        {
            if (same) Assert.AreEqual(plain[name][0], gradual[name][0], 1e-5f * plain[name][0], name);
            else Assert.AreNotEqual(plain[name][0], gradual[name][0], 1e-5f * plain[name][0], name);
        }
    }

    [TestMethod]
    [DataRow(0f, true)]
    [DataRow(9f, false)]
    public void Run_AsksForLargerErrors_IsThePublishedStepWhereNoneIsLarger(float error, bool same)
    {
        var (plain, larger) = (FirstLosses(Options), FirstLosses(Options with { AsksForLargerErrors = true }, (KarlDistillationStep.LeastError, [.. Enumerable.Repeat(error, TinyKarl.Batch)])));
        Assert.AreEqual(plain["estimate.keep"][0], larger["estimate.keep"][0]);
        if (same) Assert.AreEqual(plain["tokenize.keep"][0], larger["tokenize.keep"][0]);
        else Assert.AreNotEqual(plain["tokenize.keep"][0], larger["tokenize.keep"][0]);
    }

    [TestMethod]
    public void Run_AsksForWhatTheBudgetReaches_OnlyHaltsBeyondIt()
    {
        var (reached, missed) = (AskedFor(1), AskedFor(0));
        Assert.IsGreaterThan(0.1f, reached["tokenize.halt"][0]);
        Assert.IsLessThan(missed["tokenize.keep"][0] - 0.1f, reached["tokenize.keep"][0]);     // the first token's alone
    }

    [TestMethod]
    public void Run_AsksForLessThanTheBudgetReaches_OnlyKeepsWithinIt()
    {
        var other = AskedFor(0);
        Assert.AreEqual(0, other["tokenize.halt"][0]);
        Assert.IsGreaterThan(0.1f, other["tokenize.keep"][0]);
    }

    private static IReadOnlyDictionary<string, float[]> AskedFor(float share) =>
        FirstLosses(Options with { AsksForOtherErrors = true }, (KarlDistillationStep.AskedShare, [.. Enumerable.Repeat(share, TinyKarl.Batch)]));

    [TestMethod]
    public void Run_EntropyOfCodes_IsALossOfBothPasses()
    {
        var losses = FirstLosses(Options with { EntropyWeight = 0.5 });
        var others = losses.Where(loss => loss.Key.Contains('.', StringComparison.Ordinal)).Sum(loss => loss.Value[0] * (loss.Key.EndsWith(".entropy", StringComparison.Ordinal) ? 0.5f : 1));
        Assert.IsLessThan(0, losses["estimate.entropy"][0]);
        Assert.IsLessThan(0, losses["tokenize.entropy"][0]);
        Assert.AreEqual(others, losses["loss"][0], 1e-5f * others);
    }

    /// <summary>The decoder that sees all tokens but attends to no halted one gives what the product's decoder makes of the kept tokens alone, for each image of a batch.</summary>
    [TestMethod]
    public void ImageTokens_HaltedTokensInTheSequence_AreAsIfTheyWereLeftOut()
    {
        var architecture = TinyKarl.Architecture("vae-continuous");
        var weights = TinyKarl.Weights(architecture);
        var graph = new Graph("masked");
        var latents = graph.Input("latents", ElementType.Float32, "batch", 6, architecture.LatentWidth);
        var halted = graph.Input("halted", ElementType.Float32, "batch", 6);
        graph.Output("image", KarlDecoder.Image(architecture, KarlDecoder.Prediction(architecture, KarlDecoder.ImageTokens(architecture, latents, rows => rows.Slice(0, 0, 6), halted))));
        var random = new Random(5);
        float[] values = [.. Enumerable.Range(0, 2 * 6 * architecture.LatentWidth).Select(_ => (float)random.NextDouble() * 6 - 3)];
        float[][] halting = [[0, 1, 0, 0, 1, 1], [1, 1, 1, 1, 1, 1]];
        var masked = OnnxRun.Run(graph, new Dictionary<string, TensorData>
        {
            ["latents"] = TensorData.From(values, 2, 6, architecture.LatentWidth),
            ["halted"] = TensorData.From(halting.SelectMany(row => row).ToArray(), 2, 6),
        }, weights)["image"].AsSpan<float>().ToArray();
        using var product = new OnnxSession(KarlDecoder.Describe(architecture), weights);
        for (var image = 0; image < 2; image++)
        {
            int[] kept = [.. Enumerable.Range(0, 6).Where(token => halting[image][token] == 0)];
            var given = kept.SelectMany(token => values.Skip((image * 6 + token) * architecture.LatentWidth).Take(architecture.LatentWidth)).ToArray();
            var wanted = product.Run(new Dictionary<string, TensorData>
            {
                ["latents"] = TensorData.From(given, 1, kept.Length, architecture.LatentWidth),
                ["positions"] = TensorData.From(kept.Select(token => (long)token).ToArray(), 1, kept.Length),
            })["image"].AsSpan<float>().ToArray();
            for (var index = 0; index < wanted.Length; index++) Assert.AreEqual(wanted[index], masked[image * wanted.Length + index], 1e-5f, $"image {image}, element {index}");
        }
    }

    /// <summary>What the first step of a quantized network gives.</summary>
    private static IReadOnlyDictionary<string, float[]> FirstLosses(KarlStepOptions options, params (string Name, float[] Values)[] extra)
    {
        var architecture = TinyKarl.Architecture("vqgan-quantized") with { ErrorBins = [0.1f, 5, 10] };     // untrained networks err by more than the published bins
        var weights = TinyKarl.Weights(architecture);
        var step = KarlDistillationStep.Describe(architecture, weights, options);
        using var runner = TinyKarl.Runner(step, weights);
        return TinyKarl.Run(runner, TinyKarl.Images(1), 1, budget: 4, extra: extra.ToDictionary(
            entry => entry.Name,
            entry => OrtValue.CreateTensorValueFromMemory(entry.Values, entry.Values.Length == 1 ? [] : [entry.Values.Length])));
    }
}
