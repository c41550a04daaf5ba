using Karl.Export.Checkpoints;
using Karl.Export.Naming;
using Karl.Graphs;
using Karl.Networks;
using Karl.Tokenizers;
using Karl.Training.Steps;

namespace Karl.Training.Runs.Internals;

/// <summary>A base tokenizer that another run has trained: from its folder, its state of the base phase, or its checkpoint.</summary>
internal static class TakenBase
{
    private const string BasePhase = "base";
    private const int MostListed = 5;

    /// <summary>The file that a path means: of a run's folder, the state of its base phase.</summary>
    /// <exception cref="KarlFormatException">There is none.</exception>
    public static string FileOf(string path)
    {
        if (!Directory.Exists(path)) return File.Exists(path) ? path : throw new KarlFormatException($"There is no base tokenizer '{path}': give the folder of a run, its base.state.safetensors, or its checkpoint.safetensors.");
        var file = RunFolder.StateIn(path, BasePhase);
        return File.Exists(file) ? file : throw new KarlFormatException($"'{path}' has no '{Path.GetFileName(file)}': it is no folder of a run, or its base phase was never saved.");
    }

    /// <summary>What tells files apart: SHA-256 of the content.</summary>
    public static string Fingerprint(string file, CancellationToken cancellationToken)
    {
        using var checkpoint = Checkpoint.Open(file);
        return checkpoint.ComputeProvenance(cancellationToken).Sha256;
    }

    /// <summary>Reads the weights, by our names.</summary>
    /// <exception cref="KarlFormatException">They are not those of the preset's base tokenizer; what is missing or of another shape is named.</exception>
    public static WeightDictionary Read(string file, TrainingPreset preset)
    {
        var architecture = preset.Architecture;
        var step = BaseTokenizerStep.Describe(architecture.Base, architecture.ImageSize);
        using var checkpoint = Checkpoint.Open(file);
        var stored = ByOurNames(checkpoint, architecture.Base);
        WeightDictionary weights = [];
        List<string> problems = [];
        foreach (var tensor in step.State.Where(tensor => tensor.Name.StartsWith("base.", StringComparison.Ordinal)))
        {
            if (!stored.TryGetValue(tensor.Name, out var found)) problems.Add($"'{tensor.Name}' {tensor.Shape} is missing");
            else if (!Shape.Of(found.Shape).Equals(tensor.Shape)) problems.Add($"'{tensor.Name}' is {Shape.Of(found.Shape)}, and {tensor.Shape} is needed");
            else weights.Add(tensor.Name, TensorData.From(found.ReadFloat32(), tensor.Shape.ToFixed()));
        }
        if (problems.Count == 0) return weights;
        var more = problems.Count > MostListed ? $"; and {problems.Count - MostListed} more" : string.Empty;
        throw new KarlFormatException($"'{file}' is not a base tokenizer of preset '{preset.Name}': {string.Join("; ", problems.Take(MostListed))}{more}. Take one that was trained with the same base, or train one (leave out --base).");
    }

    /// <summary>Moving averages of a state, or weights under their published names.</summary>
    private static Dictionary<string, CheckpointTensor> ByOurNames(Checkpoint checkpoint, BaseArchitecture architecture)
    {
        var tensors = checkpoint.Weights();
        var names = KarlNames.For(architecture);        // all families call a whole base tokenizer alike
        var isState = tensors.Names.Any(name => name.StartsWith(StateTensor.Average, StringComparison.Ordinal));
        Dictionary<string, CheckpointTensor> found = new(StringComparer.Ordinal);
        foreach (var tensor in tensors)
        {
            var ours = !isState ? names.FromPublished(tensor.Name) : tensor.Name.StartsWith(StateTensor.Average, StringComparison.Ordinal) ? tensor.Name[StateTensor.Average.Length..] : null;
            if (ours is not null) found[ours] = tensor;
        }
        return found;
    }
}
