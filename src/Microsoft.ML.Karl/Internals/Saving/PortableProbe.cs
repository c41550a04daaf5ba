using System.Runtime.InteropServices;
using Karl.Tokenizers;
using Microsoft.ML.Karl.Internals.Probe;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Karl.Internals.Saving;

/// <summary>The size of a saved probe; its weights are the payload's bytes.</summary>
internal sealed record ProbeSettings(int ClassCount, int FeatureCount);

/// <summary>A saved linear probe.</summary>
internal static class PortableProbe
{
    private static readonly PortableModels<LinearModel> Models = new(Read);

    public static byte[] Bytes(LinearModel model) => MemoryMarshal.AsBytes<float>(model.Weights).ToArray();

    public static void Map(PixelsRow row, PortableScore target)
    {
        LinearModel model = Models.Get(row.Payload);
        if (row.Input.Length != model.FeatureCount)
        {
            throw new InvalidOperationException($"A row has {row.Input.Length} features; the probe was trained with {model.FeatureCount}.");
        }

        float[] features = new float[model.FeatureCount], probabilities = new float[model.ClassCount];
        row.Input.CopyTo(features);
        model.Score(features, probabilities);
        target.Index = LinearModel.Best(probabilities);
        SizedPieces.Cut(probabilities, target.Score);
    }

    private static LinearModel Read(string text, byte[] bytes)
    {
        ProbeSettings settings = SavedStage.Read(text).Read<ProbeSettings>();
        float[] weights = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        return settings.ClassCount > 0 && settings.FeatureCount > 0 && (long)settings.ClassCount * (settings.FeatureCount + 1L) == weights.Length
            ? new LinearModel(settings.ClassCount, settings.FeatureCount, weights)
            : throw new KarlFormatException($"The saved probe has {weights.Length} weights for {settings.ClassCount} classes and {settings.FeatureCount} features: it is damaged. Save it again.");
    }
}

/// <summary>How ML.NET finds the mapping of a saved probe.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ProbeMapping : CustomMappingFactory<PixelsRow, PortableScore>
{
    public const string Contract = "Karl.LinearProbe";

    public override Action<PixelsRow, PortableScore> GetMapping() => PortableProbe.Map;
}
