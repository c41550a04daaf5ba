using Karl.Graphs;
using Karl.Graphs.Onnx;
using Karl.Networks;
using Karl.Testing;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Families;

namespace Karl.Export.Verification;

/// <summary>KARL itself with random weights, but 64 x 64 pixels, 16 2D tokens and some dozen numbers wide: every combination of base tokenizer and tokens.</summary>
internal sealed class SmallModel(bool vae, bool quantized)
{
    private readonly TinyWeights _weights = new(3);

    /// <summary>Sizes that are those of no recording.</summary>
    public KarlArchitecture Architecture { get; } = new(
        vae
            ? new VaeArchitecture { Channels = 32, ChannelMultipliers = [1, 1, 1, 1, 2], BlocksPerLevel = 1, LatentChannels = 6 }
            : new VqganArchitecture { Channels = 32, ChannelMultipliers = [1, 1, 1, 1, 1], BlocksPerLevel = 2, CodebookSize = 24, CodeWidth = 10 },
        new TransformerSize(36, 2, 3),
        new TransformerSize(24, 3, 2))
    {
        Quantized = quantized,
        LatentCodebookSize = 50,
        LatentWidth = 5,
        MaximumLatents = 40,
        PositionGrid = 8,
        HaltingHidden = 16,
        ImageSize = 64,
    };

    /// <summary>Whether the base tokenizer is a VAE.</summary>
    public bool IsVae => vae;

    /// <summary>The encoder as described, not folded.</summary>
    public Graph Encoder => KarlEncoder.Describe(Architecture);

    /// <summary>The decoder as described, not folded.</summary>
    public Graph Decoder => KarlDecoder.Describe(Architecture);

    /// <summary>A weight by its name in the networks.</summary>
    public float[] Weight(string name, params ReadOnlySpan<long> shape) => _weights.Get(name, shape);

    /// <summary>All weights that a graph needs.</summary>
    public WeightDictionary Weights(Graph graph)
    {
        WeightDictionary weights = [];
        foreach (var parameter in graph.Parameters)
        {
            long[] shape = parameter.Shape.ToFixed();
            weights.Add(parameter.Name, TensorData.From(Weight(parameter.Name, shape), shape));
        }

        return weights;
    }

    /// <summary>Writes the bundle.</summary>
    public void Write(string path, string storage = "float32") => BundleWriter.Write(
        path, Manifest with { Storage = storage }, [Part(Bundle.EncoderPart, Encoder), Part(Bundle.DecoderPart, Decoder)]);

    private BundleManifest Manifest => new()
    {
        FormatVersion = BundleManifest.SupportedFormatVersion,
        Family = FamilyNames.Karl,
        Base = Architecture.Base.Name,
        Quantized = quantized,
        Preset = null,
        ImageSize = Architecture.ImageSize,
        GridSize = Architecture.GridSize,
        ImageTokens = Architecture.ImageTokens,
        MaximumBudget = Architecture.MaximumLatents,
        DefaultBudget = 20,
        DefaultEpsilon = 0.05f,
        LatentWidth = Architecture.LatentWidth,
        CodebookSize = quantized ? Architecture.LatentCodebookSize : null,
        ErrorBins = [.. Architecture.ErrorBins],
        HaltingThreshold = Architecture.HaltingThreshold,
        InputRange = [0, 1],
        Storage = "float32",
        Parts = [],
        Encoder = new BundleTransformer(36, 2, 3),
        Decoder = new BundleTransformer(24, 3, 2),
        Source = new BundleSource("small", new string('0', 64), "ema"),
    };

    private BundlePartSource Part(string name, Graph graph) => new(name, stream => OnnxWriter.Write(graph, stream, Weights(graph)));
}
