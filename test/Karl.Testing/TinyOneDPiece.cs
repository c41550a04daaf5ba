using Karl.Graphs;
using Karl.Graphs.Onnx;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Families;

namespace Karl.Testing;

/// <summary>
/// A model that gives all its tokens at once, with the contract of the published One-D-Piece: first tokens of it can be decoded. Its decoder adds up, so that errors fall
/// steadily with the length: token t is the brightness of row t of the image; rows without a token are grey.
/// </summary>
/// <param name="isFixed">Whether only all tokens can be decoded, as of a TiTok.</param>
/// <param name="isWild">Whether errors rise and fall with the length: odd lengths are a little too bright.</param>
public sealed class TinyOneDPiece(bool isFixed = false, bool isWild = false)
{
    /// <summary>Tokens.</summary>
    public const int Tokens = 32;

    private const int Size = TinyModel.ImageSize;

    /// <summary>What the bundle says about itself.</summary>
    public BundleManifest Manifest => new TinyModel().Manifest with
    {
        Family = FamilyNames.OneDPiece,
        MaximumBudget = Tokens,
        DefaultBudget = Tokens,
        CodebookSize = 256,
        BudgetStep = isFixed ? Tokens : null,
        ErrorBins = [],
        HaltingThreshold = null,
    };

    /// <summary>Writes the bundle.</summary>
    public void Write(string path) => BundleWriter.Write(path, Manifest, [Part(Bundle.EncoderPart, EncoderGraph()), Part(Bundle.DecoderPart, DecoderGraph())]);

    /// <summary>Image in; the brightness of each of its rows as codes out.</summary>
    public static Graph EncoderGraph()
    {
        Graph graph = new("tiny-one-d-piece-encoder");
        Tensor image = graph.Input("image", ElementType.Float32, "batch", 3, Size, Size);
        Tensor brightness = image.ReduceMean([1, 3]);                                           // [batch, rows]
        graph.Output("codes", (brightness * 255).Cast(ElementType.Int64));
        graph.Output("latents", brightness.Unsqueeze(-1).Expand("batch", Tokens, TinyModel.LatentWidth));
        return graph;
    }

    /// <summary>Codes and positions in; an image out that is grey but for the rows of these positions.</summary>
    public Graph DecoderGraph()
    {
        Graph graph = new("tiny-one-d-piece-decoder");
        Tensor codes = graph.Input("codes", ElementType.Int64, "batch", "kept");
        Tensor positions = graph.Input("positions", ElementType.Int64, "batch", "kept");
        float[] identity = [.. Enumerable.Range(0, Tokens * Tokens).Select(index => index / Tokens == index % Tokens ? 1f : 0f)];
        Tensor places = graph.Parameter("places", TensorData.From(identity, Tokens, Tokens)).Gather(positions);     // [batch, kept, rows]
        Tensor rows = ((codes.Cast(ElementType.Float32) / 255 - 0.5).Unsqueeze(-1) * places).ReduceSum([1]);        // [batch, rows]
        if (isWild)
        {
            Tensor half = places.ReduceSum([1, 2]).Unsqueeze(-1) / 2;                                              // [batch, 1]
            rows += (half - half.Floor()) * 0.1;
        }

        graph.Output("image", (rows.Unsqueeze(1).Unsqueeze(-1) + 0.5).Expand("batch", 3, Size, Size));
        return graph;
    }

    private static BundlePartSource Part(string name, Graph graph) => new(name, stream => OnnxWriter.Write(graph, stream));
}
