using Karl.Networks;
using Karl.Training.Steps;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Training.Runs.Internals;

/// <summary>The base tokenizer from scratch.</summary>
internal sealed class BasePhase(TrainingPreset preset, int seed) : IPhase
{
    public string Name => "base";

    public PhaseOptions Options => preset.Base;

    public TrainingStep Step { get; } = BaseTokenizerStep.Describe(preset.Architecture.Base, preset.Architecture.ImageSize, preset.BaseLosses, preset.Base.Optimizer());

    public IReadOnlyDictionary<string, float[]> FirstState()
    {
        var shapes = Step.State.ToDictionary(tensor => tensor.Name, tensor => tensor.Shape, StringComparer.Ordinal);
        return Steps.FirstState.Of(Step, name => WeightInitializer.Create(name, shapes[name], seed));
    }

    public IEnumerable<(string Name, OrtValue Value)> Inputs(int step, int batchSize)
    {
        if (preset.Architecture.Base is not VaeArchitecture vae) yield break;
        var grid = preset.Architecture.GridSize;
        yield return ("noise", StepRandom.Normal(StepRandom.Of(seed, "noise", step), batchSize, vae.LatentChannels, grid, grid));
    }

    public void After(int step, IReadOnlyDictionary<string, float[]> outputs)
    {
        // Nothing of a step is drawn from what others gave.
    }

    public void Preview(Func<string, float[]> average, string sheetPath, IReadOnlyList<string> imagePaths, int completedSteps)
    {
        // Without transformers there are no tokens to choose between.
    }

    public IReadOnlyDictionary<string, string> Remember() => new Dictionary<string, string>();

    public void Recall(IReadOnlyDictionary<string, string> remembered)
    {
        // Nothing was remembered.
    }
}
