using Karl.Graphs;
using Karl.Networks;
using Karl.Training.Steps;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Training.Runs.Internals;

/// <summary>One of the stages after the base tokenizer, of whichever family.</summary>
/// <param name="name">Its name in files and for people.</param>
/// <param name="options">How it is trained.</param>
/// <param name="preset">The network.</param>
/// <param name="family">What its family does otherwise than others.</param>
/// <param name="step">The step, and what it is given by chance.</param>
/// <param name="seed">Where all chance comes from.</param>
/// <param name="weights">What earlier phases gave.</param>
/// <param name="adversaries">Networks that learn beside it; null goes without.</param>
internal sealed class TransformerPhase(
    string name, PhaseOptions options, TrainingPreset preset, FamilyTraining family, FamilyStep step, int seed, WeightDictionary weights, AdversaryTraining? adversaries) : IPhase
{
    private readonly HashSet<string> _wanted = [.. step.Step.Graph.Inputs.Select(input => input.Name)];

    public string Name => name;

    public PhaseOptions Options => options;

    public TrainingStep Step => step.Step;

    public AdversaryTraining? Adversaries => adversaries;

    public IReadOnlyDictionary<string, float[]> FirstState()
    {
        var shapes = Step.State.ToDictionary(tensor => tensor.Name, tensor => tensor.Shape, StringComparer.Ordinal);
        return Steps.FirstState.Of(Step, weight => weights.ContainsKey(weight) ? Earlier(weight) : family.FirstValue(weight, shapes[weight]));
    }

    public IEnumerable<(string Name, OrtValue Value)> Inputs(int number, int batchSize)
    {
        foreach (var input in step.Draws.Inputs(number, batchSize)) yield return input;
        if (_wanted.Contains(TrainingStep.Quantization)) yield return (TrainingStep.Quantization, OrtValue.CreateTensorValueFromMemory(new[] { Math.Min(1, (float)number / preset.QuantizationSteps) }, []));
        if (!_wanted.Contains("noise") || preset.Architecture.Base is not VaeArchitecture vae) yield break;
        var grid = preset.Architecture.GridSize;
        yield return ("noise", preset.SamplesPosterior
            ? StepRandom.Normal(StepRandom.Of(seed, Name, number), batchSize, vae.LatentChannels, grid, grid)
            : OrtValue.CreateTensorValueFromMemory(new float[batchSize * vae.LatentChannels * grid * grid], [batchSize, vae.LatentChannels, grid, grid]));
    }

    public void After(int number, IReadOnlyDictionary<string, float[]> outputs) => step.Draws.After(outputs);

    public IReadOnlyDictionary<string, string> Remember() => step.Draws.Remember();

    public void Recall(IReadOnlyDictionary<string, string> remembered) => step.Draws.Recall(remembered);

    public void Preview(Func<string, float[]> average, string sheetPath, IReadOnlyList<string> imagePaths, int completedSteps)
    {
        var trained = Step.State.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        var checkpoint = sheetPath + ".safetensors";
        try
        {
            TrainedCheckpoint.Write(checkpoint, preset, family, weight => trained.Contains(weight) ? average(weight) : Earlier(weight));
            ReconstructionSheet.Write(checkpoint, sheetPath, imagePaths, $"{preset.Name} after {completedSteps} steps of {Name}");
        }
        finally
        {
            File.Delete(checkpoint);
        }
    }

    private float[] Earlier(string weight) => weights[weight].AsSpan<float>().ToArray();
}
