using Karl.Graphs;
using Karl.Graphs.Onnx;
using Karl.Training.Optimizers;
using Karl.Training.Running;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Training.Steps;

[TestClass]
public sealed class KarlPixelStepTests
{
    private static readonly KarlStepOptions Options = new() { FullBudget = 8 };
    private static readonly AdversaryArchitecture Adversary = new() { Channels = 4, Levels = 2 };

    [TestMethod]
    [DataRow("vqgan-quantized")]
    [DataRow("vae-continuous")]
    public void Run_TwentySteps_MakesPixelErrorsLessAndTrainsTheBaseTokenizer(string kind)
    {
        var architecture = TinyKarl.Architecture(kind);
        var weights = TinyKarl.Weights(architecture);
        var step = KarlPixelStep.Describe(architecture, Options);
        using var runner = TinyKarl.Runner(step, weights);
        var images = TinyKarl.Images(seed: 1);
        var losses = Enumerable.Range(1, 20).Select(number => TinyKarl.Run(runner, images, number, budget: 4, learningRate: 3e-3f)).ToList();
        Assert.IsLessThan(0.9 * losses[0]["loss"][0], losses[^1]["loss"][0]);
        Assert.IsLessThan(losses[0]["tokenize.pixels"][0], losses[^1]["tokenize.pixels"][0]);
        Assert.AreEqual(losses[0][KarlDistillationStep.Errors].Average(), losses[0]["estimate.pixels"][0], 1e-6);
        foreach (var name in new[] { "base.encoder.input.weight", "base.decoder.output.weight" })
        {
            CollectionAssert.AreNotEqual(weights[name].AsSpan<float>().ToArray(), runner.Read(name), name);
        }
    }

    [TestMethod]
    public void Describe_PerceptualNetworkFromAFile_IsMadeLessAndStaysAsItIs()
    {
        var architecture = TinyKarl.Architecture("vae-continuous");
        var weights = TinyKarl.Weights(architecture);
        var network = OnnxReader.Read(OnnxWriter.ToBytes(PerceptualNetworks.Look())).Graph;
        var step = KarlPixelStep.Describe(architecture, Options, network);
        Assert.IsFalse(step.State.Any(tensor => tensor.Name.Contains("kernel", StringComparison.Ordinal)));
        using var runner = TinyKarl.Runner(step, weights);
        var losses = Enumerable.Range(1, 10).Select(number => TinyKarl.Run(runner, TinyKarl.Images(1), number, budget: 4)).ToList();
        Assert.IsGreaterThan(0, losses[0]["estimate.perceptual"][0]);
        Assert.IsLessThan(losses[0]["tokenize.perceptual"][0], losses[^1]["tokenize.perceptual"][0]);
    }

    [TestMethod]
    public void Describe_NetworkOfOneImage_IsRefused()
    {
        var network = new Graph("mean");
        network.Output("mean", network.Input("image", ElementType.Float32, "batch", 3, 16, 16).ReduceMean());
        var error = Assert.ThrowsExactly<ArgumentException>(() => KarlPixelStep.Describe(TinyKarl.Architecture("vae-continuous"), Options, network));
        StringAssert.Contains(error.Message, "wanted two images");
    }

    [TestMethod]
    public void Run_WithAnAdversary_LearnsToPleaseItWhileItLearnsToTell()
    {
        var architecture = TinyKarl.Architecture("vae-continuous");
        var weights = TinyKarl.Weights(architecture);
        var adversary = AdversaryStep.Describe(Adversary, architecture.ImageSize);
        var first = FirstState.Of(adversary, name => WeightInitializer.Create(name, adversary.State.Single(tensor => tensor.Name == name).Shape, 1));
        using var judge = new StepRunner(adversary, first);
        var step = KarlPixelStep.Describe(architecture, Options with { PixelWeight = 0 }, null, Adversary);
        using var runner = TinyKarl.Runner(step, weights);
        var images = TinyKarl.Images(1);
        var found = Run(runner, judge, images, 1)[KarlPixelStep.TokenizeImage];
        for (var number = 1; number <= 15; number++) Judge(judge, images, found, number);
        var told = Judge(judge, images, found, 16);
        Assert.IsGreaterThan(told["found.score"][0], told["real.score"][0], "It tells reconstructions from real images.");
        var scores = Enumerable.Range(2, 10).Select(number => -Run(runner, judge, images, number)["tokenize.adversarial"][0]).ToList();
        Assert.IsGreaterThan(scores[0], scores[^1], "Reconstructions look more real to it.");
    }

    [TestMethod]
    public void Schedule_ReleasedCode_HasEightRangesAndTwoWeights()
    {
        var schedule = new AdversarySchedule();
        CollectionAssert.AreEqual(new[] { 8, 2, 1 }, new[] { 512, 64, 16 }.Select(schedule.Buckets).ToArray());
        CollectionAssert.AreEqual(new[] { 0f, 0.2f, 0.2f, 0.8f }, new[] { 20, 21, 100, 101 }.Select(schedule.Weight).ToArray());
        CollectionAssert.AreEqual(new[] { 0, 0, 1, 7, 7 }, new[] { 16, 32, 48, 256, 368 }.Select(schedule.BucketOf).ToArray());
    }

    private static IReadOnlyDictionary<string, float[]> Judge(StepRunner judge, float[] real, float[] found, int number)
    {
        using var realValue = OrtValue.CreateTensorValueFromMemory(real, [TinyKarl.Batch, 3, 16, 16]);
        using var foundValue = OrtValue.CreateTensorValueFromMemory(found, [TinyKarl.Batch, 3, 16, 16]);
        using var learningRate = OrtValue.CreateTensorValueFromMemory(new[] { 0.01f }, []);
        using var step = OrtValue.CreateTensorValueFromMemory(new[] { (float)number }, []);
        return judge.Run(new Dictionary<string, OrtValue> { ["real"] = realValue, ["found"] = foundValue, [AdamW.LearningRate] = learningRate, [AdamW.Step] = step });
    }

    private static IReadOnlyDictionary<string, float[]> Run(StepRunner runner, StepRunner judge, float[] images, int number)
    {
        var extra = new Dictionary<string, OrtValue> { [AdversaryStep.AdversarialWeight] = OrtValue.CreateTensorValueFromMemory(new[] { 1f }, []) };
        foreach (var input in runner.Data.Where(input => input.Name.Contains(".adversary.", StringComparison.Ordinal)))
        {
            extra.Add(input.Name, OrtValue.CreateTensorValueFromMemory(judge.Read(input.Name[(input.Name.IndexOf(".adversary.", StringComparison.Ordinal) + 11)..]), input.Shape.ToFixed()));
        }
        return TinyKarl.Run(runner, images, number, budget: 4, learningRate: 3e-3f, extra: extra);
    }
}
