using Karl.Benchmarks.Measuring;
using Karl.Graphs;
using Karl.Graphs.Onnx;
using Karl.Tokenizers.Bundles;

namespace Karl.Benchmarks.Stages;

/// <summary>A quarter of the way from an image to its reconstruction.</summary>
internal enum Stage
{
    /// <summary>Pixels to 2D tokens: <c>image</c> to <c>base_tokens</c>.</summary>
    BaseEncoder,

    /// <summary>2D tokens to latent tokens and halting probabilities.</summary>
    LatentEncoder,

    /// <summary>Kept latent tokens to 2D tokens: to <c>decoded_tokens</c>.</summary>
    LatentDecoder,

    /// <summary>2D tokens to pixels: <c>decoded_tokens</c> to <c>image</c>.</summary>
    BaseDecoder,
}

/// <summary>Facts about stages, and how to cut them out of a bundle.</summary>
internal static class StageCuts
{
    /// <summary>As people say it.</summary>
    public static string Title(this Stage stage) => stage switch
    {
        Stage.BaseEncoder => "base encoder",
        Stage.LatentEncoder => "latent encoder",
        Stage.LatentDecoder => "latent decoder",
        _ => "base decoder",
    };

    /// <summary>Whether the stage is convolutions over pixels, which may be laid out in two ways, rather than a transformer.</summary>
    public static bool IsOfPixels(this Stage stage) => stage is Stage.BaseEncoder or Stage.BaseDecoder;

    /// <summary>Whether the stage belongs to the way from image to tokens.</summary>
    public static bool IsOfEncoding(this Stage stage) => stage is Stage.BaseEncoder or Stage.LatentEncoder;

    /// <summary>Cuts a stage out of a bundle and loads it.</summary>
    public static LoadedGraph Load(Bundle bundle, Stage stage, int threads)
    {
        string tokens = bundle.Manifest.Quantized ? "codes" : "latents";
        string[] noise = bundle.Manifest.Base == "vae" ? ["noise"] : [];
        (string part, string[] inputs, string[] outputs) = stage switch
        {
            Stage.BaseEncoder => (Bundle.EncoderPart, (string[])["image", .. noise], (string[])["base_tokens"]),
            Stage.LatentEncoder => (Bundle.EncoderPart, ["image_tokens", "epsilon", "budget"], [tokens, "halting_probabilities"]),
            Stage.LatentDecoder => (Bundle.DecoderPart, [tokens, "positions"], ["decoded_tokens"]),
            _ => (Bundle.DecoderPart, ["decoded_tokens"], ["image"]),
        };
        Graph whole = OnnxReader.Read(bundle.ReadPart(part)).Graph;
        return LoadedGraph.Load(whole.Subgraph(inputs, outputs), threads);
    }

    /// <summary>Inputs for one image and a number of latent tokens: a whole budget, or as many kept ones.</summary>
    public static GraphFeed Feed(LoadedGraph graph, BundleManifest manifest, int tokens)
    {
        Random random = new(2);
        return new GraphFeed(
            graph,
            new Dictionary<string, long> { ["batch"] = 1, ["budget"] = tokens, ["kept"] = tokens },
            (name, index) => name switch
            {
                "budget" => tokens,
                "positions" => index,
                _ => random.Next(manifest.CodebookSize ?? 1),
            });
    }
}
