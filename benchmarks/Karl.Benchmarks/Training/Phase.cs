using Karl.Graphs;
using Karl.Networks;
using Karl.Training.Optimizers;
using Karl.Training.Runs;
using Karl.Training.Steps;

namespace Karl.Benchmarks.Training;

/// <summary>A phase of training, in the order in which they are trained.</summary>
internal enum Phase
{
    Base,
    Distillation,
    Pixels,
}

/// <summary>Our step of each phase.</summary>
internal static class PhaseSteps
{
    /// <summary>How both sides and the training command call it.</summary>
    public static string Title(this Phase phase) => phase.ToString().ToLowerInvariant();

    /// <summary>The layouts of memory in which PyTorch can run it.</summary>
    public static string[] Layouts(this Phase phase) => phase == Phase.Distillation ? ["plain"] : ["plain", "channels-last"];

    /// <summary>The same step as <c>karl train</c> takes.</summary>
    public static TrainingStep Describe(this Phase phase, TrainingPreset preset)
    {
        KarlArchitecture architecture = Network(preset);
        return phase switch
        {
            Phase.Base => BaseTokenizerStep.Describe(architecture.Base, architecture.ImageSize, preset.BaseLosses, Optimizer(preset.Base)),
            Phase.Distillation => KarlDistillationStep.Describe(architecture, BaseWeights(architecture), Options(architecture, preset.Distillation)),
            _ => KarlPixelStep.Describe(architecture, Options(architecture, preset.Pixels)),
        };
    }

    /// <summary>Images in a step of a preset's run.</summary>
    public static int BatchSize(this Phase phase, TrainingPreset preset) => phase.Alike(preset)[0].BatchSize;

    /// <summary>How many images a preset's run takes through such steps.</summary>
    public static long Images(this Phase phase, TrainingPreset preset) => phase.Alike(preset).Sum(options => (long)options.Steps * options.BatchSize);

    /// <summary>The network of a preset.</summary>
    /// <exception cref="ArgumentException">It is no KARL.</exception>
    public static KarlArchitecture Network(TrainingPreset preset) =>
        preset.Architecture as KarlArchitecture ?? throw new ArgumentException($"Preset '{preset.Name}' is of another family; steps of KARL are timed: choose such a preset.");

    /// <summary>Tokens of the second pass: the published 256, or as many as the network has.</summary>
    public static int FullBudget(KarlArchitecture architecture) => Math.Min(new KarlStepOptions().FullBudget, architecture.MaximumLatents);

    /// <summary>The phases of a preset's run that take this step; its last phase takes that of the pixels.</summary>
    private static PhaseOptions[] Alike(this Phase phase, TrainingPreset preset) => phase switch
    {
        Phase.Base => [preset.Base],
        Phase.Distillation => [preset.Distillation],
        _ => preset.Finish is null ? [preset.Pixels] : [preset.Pixels, preset.Finish],
    };

    private static KarlStepOptions Options(KarlArchitecture architecture, PhaseOptions phase) => new() { FullBudget = FullBudget(architecture), Optimizer = Optimizer(phase) };

    private static AdamWOptions Optimizer(PhaseOptions phase) => new() { WeightDecay = phase.WeightDecay, LargestGradientNorm = phase.ClipNorm, AverageDecay = phase.AverageDecay };

    private static WeightDictionary BaseWeights(KarlArchitecture architecture)
    {
        WeightDictionary weights = [];
        foreach ((string name, Shape shape) in WeightManifest.Of(architecture).Weights.Where(weight => weight.Key.StartsWith("base.", StringComparison.Ordinal)))
        {
            weights[name] = TensorData.From(WeightInitializer.Create(name, shape, 0), shape.ToFixed());
        }

        return weights;
    }
}
