using Karl.Export.Architectures;
using Karl.Export.Checkpoints;
using Karl.Networks;

namespace Karl.Training.Runs.Internals;

/// <summary>A trained network under its published names in a safetensors file, as <c>karl export</c> reads it.</summary>
internal static class TrainedCheckpoint
{
    /// <summary>Writes the file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="preset">Whose network it is.</param>
    /// <param name="family">How its weights are called.</param>
    /// <param name="weight">Values of a weight by our name.</param>
    public static void Write(string path, TrainingPreset preset, FamilyTraining family, Func<string, float[]> weight) => SafetensorsWriter.Write(
        path,
        WeightManifest.Of(preset.Architecture).Weights.Select(entry => SafetensorsTensor.FromSingles(family.WeightNames.ToPublished(entry.Key), entry.Value.ToFixed(), () => weight(entry.Key))),
        ArchitectureMetadata.Write(family.Trained, preset.DefaultEpsilon));
}
