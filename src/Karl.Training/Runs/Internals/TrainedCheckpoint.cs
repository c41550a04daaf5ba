using Karl.Export.Architectures;
using Karl.Export.Checkpoints;
using Karl.Export.Naming;
using Karl.Networks;

namespace Karl.Training.Runs.Internals;

/// <summary>A trained network under its published names in a safetensors file, as <c>karl export</c> reads it.</summary>
internal static class TrainedCheckpoint
{
    /// <summary>Writes the file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="preset">Whose network it is.</param>
    /// <param name="weight">Values of a weight by our name.</param>
    public static void Write(string path, TrainingPreset preset, Func<string, float[]> weight)
    {
        var architecture = preset.Architecture;
        var names = KarlNames.For(architecture.Base);
        SafetensorsWriter.Write(
            path,
            WeightManifest.Of(architecture).Weights.Select(entry => SafetensorsTensor.FromSingles(names.ToPublished(entry.Key), entry.Value.ToFixed(), () => weight(entry.Key))),
            ArchitectureMetadata.Write(architecture with { HaltingThreshold = preset.HaltingThreshold ?? architecture.HaltingThreshold }, preset.DefaultEpsilon));
    }
}
