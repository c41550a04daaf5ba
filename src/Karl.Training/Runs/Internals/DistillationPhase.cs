using System.Globalization;
using Karl.Graphs;
using Karl.Networks;
using Karl.Training.Steps;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Training.Runs.Internals;

/// <summary>KARL's first stage over a finished base tokenizer.</summary>
internal sealed class DistillationPhase : IPhase
{
    private const string Probabilities = "probabilities";
    private readonly TrainingPreset _preset;
    private readonly int _seed;
    private readonly KarlDraws _draws;
    private readonly IReadOnlyDictionary<string, float[]> _baseWeights;

    public DistillationPhase(TrainingPreset preset, int seed, IReadOnlyDictionary<string, float[]> baseWeights)
    {
        _preset = preset;
        _seed = seed;
        _baseWeights = baseWeights;
        _draws = new KarlDraws(preset.Architecture, preset.Budgets, seed);
        var shapes = WeightManifest.Of(preset.Architecture).Weights;
        WeightDictionary weights = [];
        foreach (var (name, values) in baseWeights) weights[name] = TensorData.From(values, shapes[name].ToFixed());
        var options = new KarlStepOptions { FullBudget = Math.Min(256, preset.Architecture.MaximumLatents), Optimizer = preset.Distillation.Optimizer() };
        Step = KarlDistillationStep.Describe(preset.Architecture, weights, options);
    }

    public string Name => "distillation";

    public PhaseOptions Options => _preset.Distillation;

    public TrainingStep Step { get; }

    public IReadOnlyDictionary<string, float[]> FirstState()
    {
        var shapes = Step.State.ToDictionary(tensor => tensor.Name, tensor => tensor.Shape, StringComparer.Ordinal);
        return Steps.FirstState.Of(Step, name => WeightInitializer.Create(name, shapes[name], _seed));
    }

    public IEnumerable<(string Name, OrtValue Value)> Inputs(int step, int batchSize)
    {
        _draws.Begin(step);
        yield return ("budget", OrtValue.CreateTensorValueFromMemory(new[] { (long)_draws.Budget() }, [1]));
        yield return ("epsilon", OrtValue.CreateTensorValueFromMemory(_draws.Epsilons(batchSize), [batchSize]));
        if (_preset.Architecture.Base is not VaeArchitecture vae) yield break;
        var grid = _preset.Architecture.GridSize;
        yield return ("noise", StepRandom.Normal(StepRandom.Of(_seed, "posterior", step), batchSize, vae.LatentChannels, grid, grid));
    }

    public void After(int step, IReadOnlyDictionary<string, float[]> outputs) => _draws.Observe(outputs[KarlDistillationStep.Errors]);

    public void Preview(Func<string, float[]> average, string sheetPath, IReadOnlyList<string> imagePaths, int completedSteps)
    {
        var checkpoint = sheetPath + ".safetensors";
        try
        {
            TrainedCheckpoint.Write(checkpoint, _preset.Architecture, name => _baseWeights.TryGetValue(name, out var values) ? values : average(name));
            ReconstructionSheet.Write(checkpoint, sheetPath, imagePaths, $"{_preset.Name} after {completedSteps} steps of distillation");
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
}
