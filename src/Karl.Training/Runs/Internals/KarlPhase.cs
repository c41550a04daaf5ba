using System.Globalization;
using Karl.Graphs;
using Karl.Networks;
using Karl.Training.Steps;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Training.Runs.Internals;

/// <summary>One of KARL's two stages: both draw a budget and errors for the first pass, and differ in their steps.</summary>
internal sealed class KarlPhase : IPhase
{
    private const string Probabilities = "probabilities";
    private const int LargestBudget = 256;
    private readonly TrainingPreset _preset;
    private readonly int _seed;
    private readonly KarlDraws _draws;
    private readonly KarlStepOptions _stepOptions;
    private readonly IReadOnlyDictionary<string, float[]> _weights;

    private KarlPhase(string name, TrainingPreset preset, int seed, PhaseOptions options, KarlStepOptions stepOptions, TrainingStep step, IReadOnlyDictionary<string, float[]> weights)
    {
        (Name, Options, Step) = (name, options, step);
        (_preset, _seed, _stepOptions, _weights) = (preset, seed, stepOptions, weights);
        _draws = new KarlDraws(preset.Architecture, preset.Budgets, seed, preset.LargestFirstError);
    }

    public string Name { get; }

    public PhaseOptions Options { get; }

    public TrainingStep Step { get; }

    /// <summary>The first stage: the transformers from nothing, over a base tokenizer that stays as it is.</summary>
    public static KarlPhase Distillation(TrainingPreset preset, int seed, IReadOnlyDictionary<string, float[]> baseWeights)
    {
        var shapes = WeightManifest.Of(preset.Architecture).Weights;
        WeightDictionary weights = [];
        foreach (var (name, values) in baseWeights) weights[name] = TensorData.From(values, shapes[name].ToFixed());
        var options = StepOptions(preset, preset.Distillation) with { QuantizesGradually = preset.Architecture.Quantized && preset.QuantizationSteps > 0 };
        return new("distillation", preset, seed, preset.Distillation, options, KarlDistillationStep.Describe(preset.Architecture, weights, options), baseWeights);
    }

    /// <summary>The second stage: everything together on pixels, from the weights of the first.</summary>
    public static KarlPhase Pixels(TrainingPreset preset, int seed, IReadOnlyDictionary<string, float[]> weights)
    {
        var options = StepOptions(preset, preset.Pixels);
        return new("pixels", preset, seed, preset.Pixels, options, KarlPixelStep.Describe(preset.Architecture, options), weights);
    }

    public IReadOnlyDictionary<string, float[]> FirstState()
    {
        var shapes = Step.State.ToDictionary(tensor => tensor.Name, tensor => tensor.Shape, StringComparer.Ordinal);
        return Steps.FirstState.Of(Step, name => _weights.TryGetValue(name, out var values) ? values : WeightInitializer.Create(name, shapes[name], _seed));
    }

    public IEnumerable<(string Name, OrtValue Value)> Inputs(int step, int batchSize)
    {
        _draws.Begin(step);
        yield return ("budget", OrtValue.CreateTensorValueFromMemory(new[] { (long)_draws.Budget() }, [1]));
        yield return ("epsilon", OrtValue.CreateTensorValueFromMemory(_draws.Epsilons(batchSize), [batchSize]));
        if (_stepOptions.AsksForOtherErrors) yield return (KarlDistillationStep.AskedShare, OrtValue.CreateTensorValueFromMemory(_draws.AskedShares(batchSize), [batchSize]));
        if (_stepOptions.QuantizesGradually) yield return (KarlDistillationStep.Quantization, OrtValue.CreateTensorValueFromMemory(new[] { Math.Min(1, (float)step / _preset.QuantizationSteps) }, []));
        if (_preset.Architecture.Base is not VaeArchitecture vae) yield break;
        var grid = _preset.Architecture.GridSize;
        yield return ("noise", _preset.SamplesPosterior
            ? StepRandom.Normal(StepRandom.Of(_seed, Name, step), batchSize, vae.LatentChannels, grid, grid)
            : OrtValue.CreateTensorValueFromMemory(new float[batchSize * vae.LatentChannels * grid * grid], [batchSize, vae.LatentChannels, grid, grid]));
    }

    public void After(int step, IReadOnlyDictionary<string, float[]> outputs) => _draws.Observe(outputs[KarlDistillationStep.Errors]);

    public void Preview(Func<string, float[]> average, string sheetPath, IReadOnlyList<string> imagePaths, int completedSteps)
    {
        var trained = Step.State.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        var checkpoint = sheetPath + ".safetensors";
        try
        {
            TrainedCheckpoint.Write(checkpoint, _preset, name => trained.Contains(name) ? average(name) : _weights[name]);
            ReconstructionSheet.Write(checkpoint, sheetPath, imagePaths, $"{_preset.Name} after {completedSteps} steps of {Name}");
        }
        finally
        {
            File.Delete(checkpoint);
        }
    }

    public IReadOnlyDictionary<string, string> Remember() => new Dictionary<string, string>
    {
        [Probabilities] = string.Join(' ', _draws.Probabilities.Select(probability => probability.ToString("R", CultureInfo.InvariantCulture))),
    };

    public void Recall(IReadOnlyDictionary<string, string> remembered) =>
        _draws.Restore([.. remembered[Probabilities].Split(' ').Select(text => float.Parse(text, CultureInfo.InvariantCulture))]);

    private static KarlStepOptions StepOptions(TrainingPreset preset, PhaseOptions phase) => new()
    {
        FullBudget = Math.Min(LargestBudget, preset.Architecture.MaximumLatents),
        Optimizer = phase.Optimizer(),
        FeatureWeight = preset.FeatureWeight,
        PixelWeight = preset.PixelWeight,
        QuantizerWeight = preset.QuantizerWeight,
        EntropyWeight = preset.EntropyWeight,
        AsksForOtherErrors = preset.AsksForOtherErrors,
    };
}
