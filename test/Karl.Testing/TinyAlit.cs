using Karl.Graphs;
using Karl.Graphs.Onnx;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Families;

namespace Karl.Testing;

/// <summary>
/// A model that runs by rounds as ALIT's do, with the contract of the published ones and the decoder of <see cref="TinyModel"/>: four rounds of 16 tokens. Each round
/// looks at pooled pixels and at all that the last one gave, so earlier tokens change.
/// </summary>
public sealed class TinyAlit(bool quantized = true, bool vae = false, int seed = 11)
{
    /// <summary>Tokens that a round adds.</summary>
    public const int Step = 16;

    /// <summary>Rounds.</summary>
    public const int Rounds = TinyModel.MaximumBudget / Step;

    /// <summary>Codes of the base tokenizer.</summary>
    public const int BaseCodes = 4;

    /// <summary>With so few base codes, some of the probabilities reach this and some do not.</summary>
    public const float HaltingThreshold = 0.3f;

    private const int Width = TinyModel.Width;
    private const int Tokens = TinyModel.ImageTokens;
    private readonly TinyModel _model = new(quantized, vae, seed);

    /// <summary>What the bundle says about itself.</summary>
    public BundleManifest Manifest => _model.Manifest with
    {
        Family = FamilyNames.Alit,
        DefaultBudget = TinyModel.MaximumBudget,
        BudgetStep = Step,
        ErrorBins = [],
        HaltingThreshold = null,
        DefaultEpsilon = 0.07f,
        ImageHaltingThreshold = vae ? null : HaltingThreshold,
    };

    /// <summary>Writes the bundle.</summary>
    public void Write(string path) => BundleWriter.Write(path, Manifest, [Part(Bundle.EncoderPart, EncoderGraph()), Part(Bundle.RoundPart, RoundGraph()), Part(Bundle.DecoderPart, DecoderGraph())]);

    /// <summary>Image (and noise) in; class token and 2D tokens (and base codes) out.</summary>
    public Graph EncoderGraph()
    {
        Graph graph = new("tiny-alit-encoder");
        Tensor image = graph.Input("image", ElementType.Float32, "batch", 3, TinyModel.ImageSize, TinyModel.ImageSize);
        Tensor patches = image.AveragePool(TinyModel.ImageSize / TinyModel.GridSize).Reshape("batch", 3, Tokens).Transpose(0, 2, 1) * 4 - 2;
        if (vae)
        {
            patches += Linear(graph.Input("noise", ElementType.Float32, "batch", 2, TinyModel.GridSize, TinyModel.GridSize).Reshape("batch", 2, Tokens).Transpose(0, 2, 1), "encoder.noise", 3);
        }
        Tensor classToken = Weight(graph, "encoder.class", 1, 1, Width).Expand("batch", 1, Width);
        graph.Output("sequence", Tensor.Concat(1, classToken, Linear(patches, "encoder.patches", Width)));
        if (!vae) graph.Output("base_codes", Linear(patches, "encoder.codes", BaseCodes).ArgMax(-1));
        return graph;
    }

    /// <summary>What the last round gave, halted 2D tokens and the round's number in; the longer sequence and all tokens out.</summary>
    public Graph RoundGraph()
    {
        Graph graph = new("tiny-alit-round");
        Tensor sequence = graph.Input("sequence", ElementType.Float32, "batch", "carried", Width);
        Tensor share = graph.Input("halted", ElementType.Float32, "batch", Tokens).Unsqueeze(-1);
        Tensor round = graph.Input("round", ElementType.Int64, 1);
        Tensor imageTokens = Weight(graph, "round.mask", 1, 1, Width) * share + sequence.Slice(1, 1, 1 + Tokens) * (1 - share);
        Tensor fresh = Weight(graph, "round.fresh", Rounds, Step, Width).Gather(round).Expand("batch", Step, Width);
        Tensor all = Tensor.Concat(1, sequence.Slice(1, 0, 1), imageTokens, sequence.Slice(1, 1 + Tokens), fresh);
        Tensor attended = (all * 2).Attention(all * 2, Linear(all, "round.values", Width), TinyModel.Heads);
        Tensor next = (all + Linear(attended, "round.out", Width) * 3).Tanh();
        graph.Output("next_sequence", next);
        Tensor latents = Linear(next.Slice(1, 1 + Tokens), "round.latents", TinyModel.LatentWidth);
        if (!quantized)
        {
            graph.Output("latents", latents);
            return graph;
        }
        Tensor codebook = graph.Parameter("codebook", TensorData.From(_model.Weights.Get("codebook", TinyModel.CodebookSize, TinyModel.LatentWidth), TinyModel.CodebookSize, TinyModel.LatentWidth)).L2Normalize();
        graph.Output("codes", latents.L2Normalize().MatMul(codebook.Transpose(1, 0)).ArgMax(-1));
        return graph;
    }

    /// <summary>Tokens and their positions in; image (and probabilities of base codes) out.</summary>
    public Graph DecoderGraph()
    {
        Graph graph = _model.DecoderGraph();
        if (vae) return graph;
        const int cell = TinyModel.ImageSize / TinyModel.GridSize;
        Tensor pixels = graph["image"].Slice(2, cell / 2, step: cell).Slice(3, cell / 2, step: cell).Reshape("batch", 3, Tokens).Transpose(0, 2, 1);
        graph.Output("code_probabilities", Linear(pixels * 3, "decoder.codes", BaseCodes).Softmax());
        return graph;
    }

    private static BundlePartSource Part(string name, Graph graph) => new(name, stream => OnnxWriter.Write(graph, stream));

    private Tensor Linear(Tensor input, string name, int outputs) =>
        input.Linear(Weight(input.Graph, name + ".weight", outputs, (int)input.Shape[-1].Value), Weight(input.Graph, name + ".bias", outputs));

    private Tensor Weight(Graph graph, string name, params long[] shape) =>
        graph.Find(name) ?? graph.Parameter(name, TensorData.From(_model.Weights.Get(name, shape), shape));
}
