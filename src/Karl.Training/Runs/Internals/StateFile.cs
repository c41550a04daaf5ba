using System.Globalization;
using Karl.Export.Checkpoints;
using Karl.Graphs;
using Karl.Tokenizers;
using Karl.Training.Steps;

namespace Karl.Training.Runs.Internals;

/// <summary>The whole state of a phase in a safetensors file: written beside the old one and moved over it, so that one of them is always whole.</summary>
internal static class StateFile
{
    private const string StepKey = "karl.step";
    private const string ExtraPrefix = "karl.extra.";

    /// <summary>Saves after a step.</summary>
    /// <param name="path">The file.</param>
    /// <param name="state">What the state is.</param>
    /// <param name="read">Gives the values of a state tensor.</param>
    /// <param name="completedSteps">How many steps it has seen.</param>
    /// <param name="extra">What else the phase remembers, such as probabilities.</param>
    public static void Save(string path, IReadOnlyList<StateTensor> state, Func<string, float[]> read, int completedSteps, IReadOnlyDictionary<string, string> extra)
    {
        var metadata = extra.ToDictionary(entry => ExtraPrefix + entry.Key, entry => entry.Value, StringComparer.Ordinal);
        metadata[StepKey] = completedSteps.ToString(CultureInfo.InvariantCulture);
        SafetensorsWriter.Write(
            path,
            state.Select(tensor => SafetensorsTensor.FromSingles(tensor.Name, tensor.Shape.ToFixed(), () => read(tensor.Name))),
            metadata);
    }

    /// <summary>Loads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="KarlFormatException">The file is damaged or belongs to another network.</exception>
    public static (Dictionary<string, float[]> State, int CompletedSteps, Dictionary<string, string> Extra) Load(string path, IReadOnlyList<StateTensor> wanted)
    {
        using var file = Checkpoint.Open(path);
        var weights = file.Weights();
        var state = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (var tensor in wanted)
        {
            var stored = weights[tensor.Name];
            if (!stored.Shape.SequenceEqual(tensor.Shape.ToFixed()))
            {
                throw new KarlFormatException($"'{Path.GetFileName(path)}': '{tensor.Name}' is [{string.Join(", ", stored.Shape)}]; this run needs {tensor.Shape}. It was begun with another preset: start in a new folder.");
            }
            state.Add(tensor.Name, stored.ReadFloat32());
        }
        var completed = file.Metadata.TryGetValue(StepKey, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new KarlFormatException($"'{Path.GetFileName(path)}' does not say after which step it was saved ('{StepKey}'); it is no state of a training run.");
        var extra = file.Metadata.Where(entry => entry.Key.StartsWith(ExtraPrefix, StringComparison.Ordinal)).ToDictionary(entry => entry.Key[ExtraPrefix.Length..], entry => entry.Value, StringComparer.Ordinal);
        return (state, completed, extra);
    }

    /// <summary>The moving averages of a phase's weights, by the weights' names.</summary>
    public static WeightDictionary LoadAverages(string path)
    {
        using var file = Checkpoint.Open(path);
        WeightDictionary averages = [];
        foreach (var tensor in file.Weights().Where(tensor => tensor.Name.StartsWith(StateTensor.Average, StringComparison.Ordinal)))
        {
            averages.Add(tensor.Name[StateTensor.Average.Length..], TensorData.From(tensor.ReadFloat32(), [.. tensor.Shape]));
        }
        return averages;
    }

    /// <summary>Saves averages alone, of a phase that another run has trained; <see cref="LoadAverages"/> reads them.</summary>
    public static void SaveAverages(string path, WeightDictionary averages) => SafetensorsWriter.Write(
        path,
        averages.Select(weight => SafetensorsTensor.FromSingles(StateTensor.Average + weight.Key, [.. weight.Value.Shape], () => weight.Value.AsSpan<float>().ToArray())));
}
