using Karl.Networks;
using Karl.Testing;
using Karl.Tokenizers.Sessions;
using Karl.Training.Optimizers;
using Karl.Training.Running;
using Karl.Training.Steps;
using Microsoft.ML.OnnxRuntime;
using TinyAlit = Karl.Training.Steps.TinyAlit;

namespace Karl.Training.Tests.Running;

/// <summary>Running a step laid out for the processor, in replicas, and as it was described.</summary>
[TestClass]
public sealed class StepRunnerTests
{
    private const int BatchSize = 4;
    private const int ImageSize = 16;

    private static readonly VqganArchitecture Vqgan = new() { Channels = 32, ChannelMultipliers = [1, 1, 1], BlocksPerLevel = 1, CodebookSize = 64, CodeWidth = 16 };

    [TestMethod]
    public void Run_LaidOutForTheProcessor_GivesTheSameGradients()
    {
        var step = BaseTokenizerStep.Describe(Vqgan, ImageSize);
        using var plain = Runner(step, new() { BlocksConvolutions = false });
        using var laidOut = Runner(step, new());
        AssertSameStep(step, plain, laidOut);
    }

    [TestMethod]
    [DataRow("vqgan", 2)]
    [DataRow("vae", 2)]
    [DataRow("vae", 4)]
    public void Run_InReplicas_IsTheSameStepOfABaseTokenizer(string kind, int replicas)
    {
        var step = BaseTokenizerStep.Describe(kind == "vae" ? new VaeArchitecture { Channels = 32, ChannelMultipliers = [1, 1, 1], BlocksPerLevel = 1, LatentChannels = 4 } : Vqgan, ImageSize);
        using var whole = Runner(step, new());
        using var parts = Runner(step, new() { Replicas = replicas, Threads = 2 });
        AssertSameStep(step, whole, parts);
    }

    [TestMethod]
    public void Run_InReplicas_GivesNumbersOfEachImageAndMeansOfTheRest()
    {
        var architecture = TinyKarl.Architecture("vqgan-quantized");
        var weights = TinyKarl.Weights(architecture);
        var step = KarlDistillationStep.Describe(architecture, weights, new() { FullBudget = 8 });
        using var whole = TinyKarl.Runner(step, weights);
        using var parts = TinyKarl.Runner(step, weights, replicas: TinyKarl.Batch);
        var (expected, found) = (TinyKarl.Run(whole, TinyKarl.Images(1), 1, budget: 4), TinyKarl.Run(parts, TinyKarl.Images(1), 1, budget: 4));
        TensorAssert.AreClose(expected[KarlDistillationStep.Errors], found[KarlDistillationStep.Errors], 1e-5);
        CollectionAssert.AreEquivalent(expected.Keys.ToList(), found.Keys.ToList());
        foreach (var name in step.Reported) TensorAssert.AreClose(expected[name], found[name], 1e-4 * Math.Max(1, Math.Abs(expected[name][0])));
    }

    /// <summary>Which tokens are decoded is for all images: a row that is no batch.</summary>
    [TestMethod]
    public void Run_InReplicas_SharesWhatIsNotOfImages()
    {
        var architecture = TinyAlit.Architecture("vae-continuous");
        var weights = TinyKarl.Weights(architecture);
        var step = AlitPixelStep.Describe(architecture);
        using var whole = TinyKarl.Runner(step, weights);
        using var parts = TinyKarl.Runner(step, weights, replicas: TinyKarl.Batch);
        var (expected, found) = (TinyKarl.Run(whole, TinyKarl.Images(1), 1, budget: 4, extra: TinyAlit.Extra(round: 1)), TinyKarl.Run(parts, TinyKarl.Images(1), 1, budget: 4, extra: TinyAlit.Extra(round: 1)));
        foreach (var name in step.Reported) TensorAssert.AreClose(expected[name], found[name], 1e-4 * Math.Max(1, Math.Abs(expected[name][0])));
    }

    [TestMethod]
    public void Run_ABatchThatDoesNotFallIntoReplicas_SaysSoAndKeepsTheState()
    {
        var architecture = TinyKarl.Architecture("vae-continuous");
        var weights = TinyKarl.Weights(architecture);
        var step = KarlDistillationStep.Describe(architecture, weights, new() { FullBudget = 8 });
        using var runner = TinyKarl.Runner(step, weights, replicas: 2);
        var before = runner.Read(step.State[0].Name);
        var error = Assert.ThrowsExactly<ArgumentException>(() => TinyKarl.Run(runner, TinyKarl.Images(1), 1, budget: 4));
        StringAssert.Contains(error.Message, "3 images; a multiple of 2");
        CollectionAssert.AreEqual(before, runner.Read(step.State[0].Name));
    }

    [TestMethod]
    [DataRow(0, null, "Threads is 0")]
    [DataRow(null, 0, "Replicas is 0")]
    public void Constructor_ImpossibleOptions_SaysWhichAndWhatWasWanted(int? threads, int? replicas, string told)
    {
        var step = BaseTokenizerStep.Describe(Vqgan, ImageSize);
        var error = Assert.ThrowsExactly<ArgumentException>(() => Runner(step, new() { Threads = threads, Replicas = replicas ?? 1 }));
        StringAssert.Contains(error.Message, told);
        StringAssert.Contains(error.Message, "1 to 1024");
    }

    [TestMethod]
    public void Constructor_AGpuWhereThereIsNone_IsOneClearLine()
    {
        if (OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider")) Assert.Inconclusive("This ONNX Runtime has a CUDA provider.");
        var error = Assert.ThrowsExactly<PlatformNotSupportedException>(() => Runner(BaseTokenizerStep.Describe(Vqgan, ImageSize), new() { Device = TokenizerDevice.Cuda() }));
        StringAssert.Contains(error.Message, "Microsoft.ML.OnnxRuntime.Gpu");
    }

    [TestMethod]
    [DataRow(32, 2, 2)]
    [DataRow(32, 16, 4)]
    [DataRow(12, 2, 1)]
    [DataRow(17, 4, 1)]
    [DataRow(1, 4, 1)]
    public void SuitingReplicas_OfABaseTokenizer_AreOneForEachThreadAsLongAsPartsAreLarge(int batch, int threads, int expected) =>
        Assert.AreEqual(expected, StepRunnerOptions.SuitingReplicas(BaseTokenizerStep.Describe(Vqgan, ImageSize), batch, threads));

    [TestMethod]
    public void SuitingReplicas_OfAStepWithLossesOfTheWholeBatch_AreNone()
    {
        var architecture = TinyKarl.Architecture("vqgan-quantized");
        Assert.AreEqual(1, StepRunnerOptions.SuitingReplicas(KarlDistillationStep.Describe(architecture, TinyKarl.Weights(architecture), new() { FullBudget = 8 }), 32, 2));
    }

    private static StepRunner Runner(TrainingStep step, StepRunnerOptions options)
    {
        var shapes = step.State.ToDictionary(tensor => tensor.Name, tensor => tensor.Shape);
        return new(step, FirstState.Of(step, name => WeightInitializer.Create(name, shapes[name], 5)), options);
    }

    private static void AssertSameStep(TrainingStep step, StepRunner plain, StepRunner other)
    {
        var (expected, found) = (Run(plain), Run(other));
        foreach (var name in step.Reported) TensorAssert.AreClose([1], [found[name][0] / expected[name][0]], 1e-4);
        foreach (var moment in step.State.Where(tensor => tensor.Name.StartsWith(StateTensor.FirstMoment, StringComparison.Ordinal)))
        {
            TensorAssert.AreClose(plain.Read(moment.Name), other.Read(moment.Name), 1e-4 * expected[AdamW.GradientNorm][0]);
        }
    }

    private static IReadOnlyDictionary<string, float[]> Run(StepRunner runner)
    {
        Random random = new(3);
        float[] pixels = [.. Enumerable.Range(0, BatchSize * 3 * ImageSize * ImageSize).Select(_ => random.NextSingle())];
        using var image = OrtValue.CreateTensorValueFromMemory(pixels, [BatchSize, 3, ImageSize, ImageSize]);
        using var rate = OrtValue.CreateTensorValueFromMemory(new[] { 1e-3f }, []);
        using var number = OrtValue.CreateTensorValueFromMemory(new[] { 1f }, []);
        using var noise = OrtValue.CreateTensorValueFromMemory(new float[BatchSize * 4 * 4 * 4], [BatchSize, 4, 4, 4]);
        return runner.Run(new Dictionary<string, OrtValue> { ["image"] = image, ["noise"] = noise, [AdamW.LearningRate] = rate, [AdamW.Step] = number });
    }
}
