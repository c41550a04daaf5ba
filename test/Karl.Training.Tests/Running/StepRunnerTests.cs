using Karl.Networks;
using Karl.Testing;
using Karl.Training.Optimizers;
using Karl.Training.Running;
using Karl.Training.Steps;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Training.Tests.Running;

/// <summary>Running a step laid out for the processor and as it was described.</summary>
[TestClass]
public sealed class StepRunnerTests
{
    private const int BatchSize = 2;
    private const int ImageSize = 16;

    [TestMethod]
    public void Run_LaidOutForTheProcessor_GivesTheSameGradients()
    {
        var step = BaseTokenizerStep.Describe(new VqganArchitecture { Channels = 32, ChannelMultipliers = [1, 1, 1], BlocksPerLevel = 1, CodebookSize = 64, CodeWidth = 16 }, ImageSize);
        var shapes = step.State.ToDictionary(tensor => tensor.Name, tensor => tensor.Shape);
        var first = FirstState.Of(step, name => WeightInitializer.Create(name, shapes[name], 5));
        using StepRunner plain = new(step, first, onProcessor: false);
        using StepRunner laidOut = new(step, first);

        var (expected, found) = (Run(plain), Run(laidOut));

        TensorAssert.AreClose(expected["loss"], found["loss"], 1e-5);
        TensorAssert.AreClose([1], [found[AdamW.GradientNorm][0] / expected[AdamW.GradientNorm][0]], 1e-4);
        foreach (var moment in step.State.Where(tensor => tensor.Name.StartsWith(StateTensor.FirstMoment, StringComparison.Ordinal)))
        {
            TensorAssert.AreClose(plain.Read(moment.Name), laidOut.Read(moment.Name), 1e-4 * expected[AdamW.GradientNorm][0]);
        }
    }

    private static IReadOnlyDictionary<string, float[]> Run(StepRunner runner)
    {
        Random random = new(3);
        float[] pixels = [.. Enumerable.Range(0, BatchSize * 3 * ImageSize * ImageSize).Select(_ => random.NextSingle())];
        using var image = OrtValue.CreateTensorValueFromMemory(pixels, [BatchSize, 3, ImageSize, ImageSize]);
        using var rate = OrtValue.CreateTensorValueFromMemory(new[] { 1e-3f }, []);
        using var number = OrtValue.CreateTensorValueFromMemory(new[] { 1f }, []);
        return runner.Run(new Dictionary<string, OrtValue> { ["image"] = image, [AdamW.LearningRate] = rate, [AdamW.Step] = number });
    }
}
