using Karl.Graphs;
using Karl.Graphs.Onnx;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Families;

namespace Karl.Testing;

/// <summary>
/// A model with the contract of the published ones but 32 x 32 pixels and 16 numbers wide, so that a bundle takes milliseconds to make and run.
/// Its encoder looks at pooled pixels; its decoder is a real transformer of two blocks. Weights come from a seed.
/// </summary>
public sealed class TinyModel(bool quantized = true, bool vae = false, int seed = 7)
{
    /// <summary>Height and width of an image.</summary>
    public const int ImageSize = 32;

    /// <summary>Rows and columns of 2D tokens.</summary>
    public const int GridSize = 4;

    /// <summary>2D tokens.</summary>
    public const int ImageTokens = GridSize * GridSize;

    /// <summary>Numbers in a token inside the decoder.</summary>
    public const int Width = 16;

    /// <summary>Attention heads.</summary>
    public const int Heads = 2;

    /// <summary>Blocks of the decoder.</summary>
    public const int Layers = 2;

    /// <summary>Numbers in a latent.</summary>
    public const int LatentWidth = 12;

    /// <summary>Codes.</summary>
    public const int CodebookSize = 64;

    /// <summary>Largest budget.</summary>
    public const int MaximumBudget = 64;

    /// <summary>Budget where none is asked for.</summary>
    public const int DefaultBudget = 32;

    private const int Patch = ImageSize / GridSize;
    private const int NoiseChannels = 2;

    /// <summary>Weights by name, made when first asked for; the same for the same seed.</summary>
    public TinyWeights Weights { get; } = new(seed);

    /// <summary>What the bundle says about itself.</summary>
    public BundleManifest Manifest => new()
    {
        FormatVersion = BundleManifest.SupportedFormatVersion,
        Family = FamilyNames.Karl,
        Base = vae ? "vae" : "vqgan",
        Quantized = quantized,
        Preset = null,
        ImageSize = ImageSize,
        GridSize = GridSize,
        ImageTokens = ImageTokens,
        MaximumBudget = MaximumBudget,
        DefaultBudget = DefaultBudget,
        DefaultEpsilon = 0.05f,
        LatentWidth = LatentWidth,
        CodebookSize = quantized ? CodebookSize : null,
        ErrorBins = [.005f, .01f, .02f, .03f, .04f, .05f, .06f, .07f, .09f, .10f, .12f, .14f, .16f, .18f, .20f, .24f, .28f, .32f, .38f],
        HaltingThreshold = 0.75f,
        InputRange = [0, 1],
        Storage = "float32",
        Parts = [],
        Encoder = new BundleTransformer(Width, 1, 1),
        Decoder = new BundleTransformer(Width, Layers, Heads),
        Source = new BundleSource("tiny", new string('0', 64), "model"),
    };

    /// <summary>Writes the bundle.</summary>
    public void Write(string path) => Write(path, EncoderGraph(), DecoderGraph());

    /// <summary>Writes a bundle with other graphs.</summary>
    public void Write(string path, Graph encoder, Graph decoder) => BundleWriter.Write(
        path,
        Manifest,
        [
            new BundlePartSource(Bundle.EncoderPart, stream => OnnxWriter.Write(encoder, stream)),
            new BundlePartSource(Bundle.DecoderPart, stream => OnnxWriter.Write(decoder, stream)),
        ]);

    /// <summary>Image, epsilon, budget (and noise) in; tokens and halting probabilities out.</summary>
    public Graph EncoderGraph()
    {
        Graph graph = new("tiny-encoder");
        Tensor image = graph.Input("image", ElementType.Float32, "batch", 3, ImageSize, ImageSize);
        Tensor epsilon = graph.Input("epsilon", ElementType.Float32, "batch");
        Tensor budget = graph.Input("budget", ElementType.Int64, 1);
        Tensor pooled = image.AveragePool(Patch).Reshape("batch", 3 * ImageTokens);
        if (vae)
        {
            Tensor noise = graph.Input("noise", ElementType.Float32, "batch", NoiseChannels, GridSize, GridSize);
            pooled += Linear(noise.Reshape("batch", NoiseChannels * ImageTokens), "encoder.noise", 3 * ImageTokens);
        }

        Tensor features = Linear((pooled * 4) - 2, "encoder.features", Width).Tanh();
        Tensor latents = Linear(features, "encoder.latents", MaximumBudget * LatentWidth).Reshape("batch", MaximumBudget, LatentWidth).First(1, budget);
        Tensor halting = (Linear(features, "encoder.halting", MaximumBudget).First(1, budget) * 3) + 1 + (epsilon.Reshape("batch", 1) * 8);
        if (quantized)
        {
            Tensor codebook = Weight(graph, "codebook", CodebookSize, LatentWidth).L2Normalize();
            Tensor codes = latents.L2Normalize().MatMul(codebook.Transpose(1, 0)).ArgMax(-1);
            graph.Output("codes", codes);
            latents = codebook.Gather(codes);
        }

        graph.Output("latents", latents);
        graph.Output("halting_probabilities", halting.Sigmoid());
        return graph;
    }

    /// <summary>Kept tokens and their positions in; image out.</summary>
    public Graph DecoderGraph()
    {
        Graph graph = new("tiny-decoder");
        Tensor latents = quantized
            ? Weight(graph, "codebook", CodebookSize, LatentWidth).L2Normalize().Gather(graph.Input("codes", ElementType.Int64, "batch", "kept"))
            : graph.Input("latents", ElementType.Float32, "batch", "kept", LatentWidth);
        Tensor positions = graph.Input("positions", ElementType.Int64, "batch", "kept");
        Tensor embedded = Linear(latents, "decoder.embed", Width) + Weight(graph, "decoder.positions", MaximumBudget, Width).Gather(positions);
        Tensor sequence = Tensor.Concat(1, Weight(graph, "decoder.mask", 1, ImageTokens, Width).Expand("batch", ImageTokens, Width), embedded);
        for (int layer = 0; layer < Layers; layer++)
        {
            string name = $"decoder.{layer}";
            Tensor normal = LayerNormalization(sequence, name + ".first");
            Tensor attended = Linear(normal, name + ".query", Width).Attention(Linear(normal, name + ".key", Width), Linear(normal, name + ".value", Width), Heads);
            sequence += Linear(attended, name + ".out", Width);
            sequence += Linear(Linear(LayerNormalization(sequence, name + ".second"), name + ".wide", 4 * Width).Gelu(), name + ".narrow", Width);
        }

        Tensor pixels = Linear(sequence.Slice(1, 0, ImageTokens), "decoder.pixels", 3 * Patch * Patch);
        graph.Output("image", pixels
            .Reshape("batch", GridSize, GridSize, 3, Patch, Patch)
            .Transpose(0, 3, 1, 4, 2, 5)
            .Reshape("batch", 3, ImageSize, ImageSize));
        return graph;
    }

    private Tensor Linear(Tensor input, string name, int outputs) =>
        input.Linear(Weight(input.Graph, name + ".weight", outputs, (int)input.Shape[-1].Value), Weight(input.Graph, name + ".bias", outputs));

    private Tensor LayerNormalization(Tensor input, string name) =>
        input.LayerNormalization(Weight(input.Graph, name + ".scale", Width), Weight(input.Graph, name + ".bias", Width));

    private Tensor Weight(Graph graph, string name, params long[] shape) =>
        graph.Find(name) ?? graph.Parameter(name, TensorData.From(Weights.Get(name, shape), shape));
}
