using Karl.Graphs;
using Karl.Networks;
using Karl.Training.Optimizers;
using Karl.Training.Running;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Training.Steps;

/// <summary>A whole KARL of 16 x 16 pixels, 16 2D tokens and up to 12 latent tokens, whose step takes milliseconds.</summary>
internal static class TinyKarl
{
    public const int Batch = 3;

    public static KarlArchitecture Architecture(string kind) => new(Base(kind), new(32, 2, 2), new(24, 2, 3))
    {
        Quantized = IsQuantized(kind),
        LatentCodebookSize = 20,
        LatentWidth = 5,
        MaximumLatents = 12,
        PositionGrid = 8,
        HaltingHidden = 16,
        ImageSize = 16,
    };

    /// <summary>The base tokenizer of a kind that begins with "vae" or "vqgan".</summary>
    public static BaseArchitecture Base(string kind) => kind.StartsWith("vae", StringComparison.Ordinal)
        ? new VaeArchitecture { Channels = 32, ChannelMultipliers = [1, 1, 1], BlocksPerLevel = 1, LatentChannels = 4 }
        : new VqganArchitecture { Channels = 32, ChannelMultipliers = [1, 1, 1], BlocksPerLevel = 1, CodebookSize = 24, CodeWidth = 6 };

    public static bool IsQuantized(string kind) => kind.EndsWith("quantized", StringComparison.Ordinal);

    /// <summary>Values of all weights; those of the whole base tokenizer too.</summary>
    public static WeightDictionary Weights(ITokenizerArchitecture architecture)
    {
        var weights = new WeightDictionary();
        var ofBase = BaseTokenizerStep.Describe(architecture.Base, architecture.ImageSize).State.Where(tensor => tensor.Name.StartsWith("base.", StringComparison.Ordinal)).Select(tensor => (tensor.Name, tensor.Shape));
        foreach (var (name, shape) in WeightManifest.Of(architecture).Weights.Select(weight => (weight.Key, weight.Value)).Union(ofBase))
        {
            weights[name] = TensorData.From(WeightInitializer.Create(name, shape, seed: 3), shape.ToFixed());
        }
        return weights;
    }

    public static IReadOnlyDictionary<string, float[]> State(TrainingStep step, WeightDictionary weights) => FirstState.Of(step, name => weights[name].AsSpan<float>().ToArray());

    /// <summary>A step with these weights, ready to run; on one thread, because more only wait for each other over networks as small as this.</summary>
    public static StepRunner Runner(TrainingStep step, WeightDictionary weights, int replicas = 1) => new(step, State(step, weights), new() { Threads = 1, Replicas = replicas });

    /// <summary>Stripes and slopes, another for each image of a batch.</summary>
    public static float[] Images(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Batch).SelectMany(_ =>
        {
            var (across, down, phase) = (random.NextDouble(), random.NextDouble(), random.NextDouble() * 6);
            return Enumerable.Range(0, 3 * 16 * 16).Select(index => (float)(0.5 + 0.4 * Math.Sin(phase + across * (index % 16) + down * (index / 16 % 16) + index / 256)));
        })];
    }

    /// <summary>What a step is given beside its state and the optimizer's numbers.</summary>
    public static Dictionary<string, TensorData> Inputs(float[] images, int budget) => new()
    {
        ["image"] = TensorData.From(images, Batch, 3, 16, 16),
        ["epsilon"] = TensorData.From(new[] { 0.03f, 0.005f, 0.02f }, Batch),
        ["budget"] = TensorData.From(new long[] { budget }, 1),
        ["noise"] = TensorData.From(new float[Batch * 4 * 4 * 4], Batch, 4, 4, 4),
    };

    public static IReadOnlyDictionary<string, float[]> Run(StepRunner runner, float[] images, int number, int budget, float learningRate = 1e-3f, IReadOnlyDictionary<string, OrtValue>? extra = null)
    {
        var data = new Dictionary<string, OrtValue>
        {
            [AdamW.LearningRate] = OrtValue.CreateTensorValueFromMemory(new[] { learningRate }, []),
            [AdamW.Step] = OrtValue.CreateTensorValueFromMemory(new[] { (float)number }, []),
        };
        foreach (var (name, value) in Inputs(images, budget))
        {
            data.Add(name, value.Type == ElementType.Int64
                ? OrtValue.CreateTensorValueFromMemory(value.AsSpan<long>().ToArray(), [.. value.Shape])
                : OrtValue.CreateTensorValueFromMemory(value.AsSpan<float>().ToArray(), [.. value.Shape]));
        }
        foreach (var (name, value) in extra ?? new Dictionary<string, OrtValue>()) data.Add(name, value);
        try
        {
            return runner.Run(data);
        }
        finally
        {
            foreach (var value in data.Values) value.Dispose();
        }
    }
}
