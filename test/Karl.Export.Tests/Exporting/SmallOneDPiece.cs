using Karl.Export.Architectures;
using Karl.Export.Checkpoints;
using Karl.Export.Naming;
using Karl.Graphs;
using Karl.Networks;
using Karl.Testing;
using Karl.Tokenizers.Families;

namespace Karl.Export.Exporting;

/// <summary>One-D-Piece itself with random weights, but 32 x 32 pixels, 64 2D tokens and some dozen numbers wide; as a checkpoint and as a bundle.</summary>
internal sealed class SmallOneDPiece
{
    /// <summary>Sizes that are those of no recording.</summary>
    public static OneDPieceArchitecture Architecture { get; } = new(
        new VqganArchitecture { Channels = 32, ChannelMultipliers = [1, 2, 2], BlocksPerLevel = 1, CodebookSize = 24, CodeWidth = 10 },
        new TransformerSize(36, 3, 3),
        new TransformerSize(24, 2, 2))
    {
        LatentCodebookSize = 50,
        LatentWidth = 5,
        MaximumLatents = 20,
        ImageSize = 32,
    };

    /// <summary>The same over a VAE, with latents of their own tokens, as only our own trainer makes it.</summary>
    public static OneDPieceArchitecture OverVae { get; } = Architecture with
    {
        Base = new VaeArchitecture { Channels = 16, ChannelMultipliers = [1, 2, 2], BlocksPerLevel = 2, LatentChannels = 3, NormalizationGroups = 4, LatentScale = 1 },
        MixesLatents = false,
    };

    private readonly TinyWeights _weights = new(9);

    /// <summary>What shapes do not say.</summary>
    public static ArchitectureHint Hint => new("the test") { Family = FamilyNames.OneDPiece, Encoder = Architecture.Encoder, Decoder = Architecture.Decoder };

    /// <summary>All weights, by our names.</summary>
    public WeightDictionary Weights => WeightsOf(Architecture);

    /// <summary>All weights of such a network, by our names.</summary>
    public WeightDictionary WeightsOf(OneDPieceArchitecture architecture)
    {
        WeightDictionary weights = [];
        foreach (var (name, shape) in WeightManifest.Of(architecture).Weights)
        {
            long[] lengths = shape.ToFixed();
            weights.Add(name, TensorData.From(_weights.Get(name, lengths), lengths));
        }

        return weights;
    }

    /// <summary>Writes a checkpoint as it would be published, without a configuration.</summary>
    public void WriteCheckpoint(string path, Func<SafetensorsTensor, bool>? keep = null)
    {
        var weights = Weights;
        SafetensorsWriter.Write(
            path,
            WeightManifest.Of(Architecture).Weights
                .Select(entry => SafetensorsTensor.FromSingles(OneDPieceNames.For(Architecture.Base).ToPublished(entry.Key), entry.Value.ToFixed(), () => weights.Get(entry.Key).AsSpan<float>().ToArray()))
                .Where(tensor => keep is null || keep(tensor)));
    }

    /// <summary>Writes a checkpoint as our own trainer writes it, which says by itself what no shape says.</summary>
    public void WriteTrained(string path, OneDPieceArchitecture architecture, float defaultEpsilon)
    {
        var (weights, names) = (WeightsOf(architecture), OneDPieceNames.For(architecture.Base));
        SafetensorsWriter.Write(
            path,
            weights.Select(weight => SafetensorsTensor.FromSingles(names.ToPublished(weight.Key), [.. weight.Value.Shape], () => weight.Value.AsSpan<float>().ToArray())),
            ArchitectureMetadata.Write(architecture, defaultEpsilon));
    }

    /// <summary>Writes a bundle by way of a checkpoint.</summary>
    public void WriteBundle(string path, ArchitectureHint? hint = null)
    {
        using TemporaryFolder folder = new();
        WriteCheckpoint(folder["model.safetensors"]);
        KarlExporter.Export(folder["model.safetensors"], path, new ExportOptions { Hint = hint ?? Hint });
    }
}
