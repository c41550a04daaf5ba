using Karl.Export.Architectures;
using Karl.Export.Checkpoints;
using Karl.Export.Naming;
using Karl.Networks;
using Karl.Tokenizers.Arrays;

namespace Karl.Training.Runs.Internals;

/// <summary>A trained network under its published names in a safetensors file, as <c>karl export</c> reads it.</summary>
internal static class TrainedCheckpoint
{
    /// <summary>Writes the file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="architecture">The network.</param>
    /// <param name="weight">Values of a weight by our name.</param>
    public static void Write(string path, KarlArchitecture architecture, Func<string, float[]> weight)
    {
        var names = KarlNames.For(architecture.Base);
        SafetensorsWriter.Write(
            path,
            WeightManifest.Of(architecture).Weights.Select(entry => new SafetensorsTensor(names.ToPublished(entry.Key), ArrayElementType.Float32, entry.Value.ToFixed(), () => Bytes(weight(entry.Key)))),
            ArchitectureMetadata.Write(architecture));
    }

    private static byte[] Bytes(float[] values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return bytes;
    }
}
