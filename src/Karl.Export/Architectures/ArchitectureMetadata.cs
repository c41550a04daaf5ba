using System.Globalization;
using System.Text.Json;
using Karl.Export.Architectures.Internals;
using Karl.Export.Checkpoints;
using Karl.Networks;
using Karl.Tokenizers;

namespace Karl.Export.Architectures;

/// <summary>What our own trainer writes into the metadata of a safetensors checkpoint, so that it can be exported without a hint.</summary>
public static class ArchitectureMetadata
{
    private const string Key = "karl.architecture";

    /// <summary>The metadata of a network's checkpoint.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="defaultEpsilon">The error that the model is asked for where none is given; null for the published one.</param>
    public static IReadOnlyDictionary<string, string> Write(ITokenizerArchitecture architecture, float? defaultEpsilon = null)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        var scale = architecture.Base is VaeArchitecture vae ? vae.LatentScale : (float?)null;
        var karl = architecture as KarlArchitecture;
        var piece = architecture as OneDPieceArchitecture;
        var content = new Content(
            architecture.Base.Name,
            architecture.Encoder,
            architecture.Decoder,
            architecture.Quantized,
            architecture.ImageSize,
            scale,
            architecture.Base.NormalizationGroups,
            karl?.HaltingThreshold,
            karl is null ? null : [.. karl.ErrorBins],
            defaultEpsilon,
            piece?.HasFixedLength,
            piece?.MixesLatents);
        return new Dictionary<string, string>(StringComparer.Ordinal) { [Key] = JsonSerializer.Serialize(content, ArchitectureJson.Options) };
    }

    /// <summary>What a checkpoint's metadata says; null where it says nothing.</summary>
    /// <exception cref="KarlFormatException">It says something that cannot be.</exception>
    internal static ArchitectureHint? Read(Checkpoint checkpoint)
    {
        if (!checkpoint.Metadata.TryGetValue(Key, out var text)) return null;
        try
        {
            var content = JsonSerializer.Deserialize<Content>(text, ArchitectureJson.Options) ?? throw new JsonException("it is null");
            if (content.ImageSize is < 8 or > 4096) throw new JsonException(string.Create(CultureInfo.InvariantCulture, $"imageSize is {content.ImageSize}; 8 to 4096 was expected"));
            if (content.LatentScale is { } scale && !(scale > 0 && float.IsFinite(scale))) throw new JsonException(string.Create(CultureInfo.InvariantCulture, $"latentScale is {scale}; a number above 0 was expected"));
            if (content.HaltingThreshold is { } threshold && !(threshold is > 0 and < 1)) throw new JsonException(string.Create(CultureInfo.InvariantCulture, $"haltingThreshold is {threshold}; a number between 0 and 1 was expected"));
            if (content.DefaultEpsilon is { } epsilon && !(epsilon is > 0 and <= 1)) throw new JsonException(string.Create(CultureInfo.InvariantCulture, $"defaultEpsilon is {epsilon}; a number above 0 to 1 was expected"));
            return new ArchitectureHint($"the checkpoint's own metadata '{Key}'")
            {
                Base = content.Base,
                Quantized = content.Quantized,
                Encoder = content.Encoder,
                Decoder = content.Decoder,
                ImageSize = content.ImageSize,
                LatentScale = content.LatentScale,
                NormalizationGroups = content.NormalizationGroups,
                HaltingThreshold = content.HaltingThreshold,
                ErrorBins = content.ErrorBins,
                DefaultEpsilon = content.DefaultEpsilon,
                HasFixedLength = content.FixedLength,
                MixesLatents = content.MixesLatents,
            };
        }
        catch (JsonException exception)
        {
            throw new KarlFormatException($"The checkpoint's metadata '{Key}' cannot be used: {exception.Message}", exception);
        }
    }

    private sealed record Content(
        string Base,
        TransformerSize Encoder,
        TransformerSize Decoder,
        bool Quantized,
        int ImageSize,
        float? LatentScale = null,
        int? NormalizationGroups = null,
        float? HaltingThreshold = null,
        float[]? ErrorBins = null,
        float? DefaultEpsilon = null,
        bool? FixedLength = null,
        bool? MixesLatents = null);
}
