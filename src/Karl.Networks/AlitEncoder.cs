using Karl.Graphs;
using Karl.Networks.Internals;

namespace Karl.Networks;

/// <summary>What ALIT does with an image once, before its first round (section 3): the base tokenizer, and 2D tokens of it and of the pixels.</summary>
/// <remarks>
/// Inputs: <c>image</c> float32 <c>[batch, 3, size, size]</c>, RGB, 0 to 1; over a VAE <c>noise</c> float32 <c>[batch, channels, grid, grid]</c>, zeros for
/// the posterior's mean. Outputs: <c>sequence</c> float32 <c>[batch, 1 + grid * grid, width]</c>, the class token and the 2D tokens as <see cref="AlitRound"/>
/// takes them; over a VQGAN <c>base_codes</c> int64 <c>[batch, grid * grid]</c>, the true base code of each 2D token.
/// </remarks>
public static class AlitEncoder
{
    /// <summary>Describes the graph.</summary>
    /// <exception cref="ArgumentException">The architecture cannot be built.</exception>
    public static Graph Describe(AlitArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        architecture.Validate();
        var graph = new Graph("alit-encoder");
        var image = graph.Input("image", ElementType.Float32, "batch", 3, architecture.ImageSize, architecture.ImageSize);
        var baseMap = BaseNetwork.Map(architecture.Base, image);
        graph.Output("sequence", Sequence(architecture, ImageTokens(architecture, image, baseMap)));
        if (architecture.Base is VqganArchitecture vqgan) graph.Output("base_codes", BaseCodes(vqgan, baseMap.Rows()));
        return graph;
    }

    /// <summary>2D tokens <c>[batch, grid * grid, width]</c> of length 1: base features, then patch embedding, the other way round than KARL's.</summary>
    internal static Tensor ImageTokens(AlitArchitecture architecture, Tensor image, Tensor baseMap) => Tensor.Concat(
        2,
        baseMap.Rows().Labelled("base_tokens"),
        BaseNetwork.Patches(architecture.Base, image, architecture.PatchWidth)).L2Normalize().Labelled("image_tokens");

    /// <summary>The class token and the 2D tokens with their positions, <c>[batch, 1 + grid * grid, width]</c>.</summary>
    internal static Tensor Sequence(AlitArchitecture architecture, Tensor imageTokens)
    {
        var graph = imageTokens.Graph;
        var width = architecture.Encoder.Width;
        var classToken = graph.Parameter("encoder.class_token", 1, width).Unsqueeze(0).Expand(imageTokens.Shape[0], 1, width);
        return Tensor.Concat(1, classToken, imageTokens) + Positions(graph, architecture);
    }

    /// <summary>Learned rows for the class token and each 2D token, <c>[1 + grid * grid, width]</c>.</summary>
    internal static Tensor Positions(Graph graph, AlitArchitecture architecture) =>
        graph.Parameter("encoder.positions", 1 + architecture.ImageTokens, architecture.Encoder.Width);

    /// <summary>The nearest base code by squared distance of each 2D token, int64 <c>[batch, grid * grid]</c>; tokens are <c>[batch, grid * grid, channels]</c>.</summary>
    internal static Tensor BaseCodes(VqganArchitecture vqgan, Tensor tokens)
    {
        var codebook = BaseNetwork.Codebook(vqgan, tokens.Graph);
        var halfSquares = (codebook * codebook).ReduceSum([1], keepDimensions: false) * 0.5;        // [codes]
        return (tokens.MatMul(codebook.Transpose(1, 0)) - halfSquares).ArgMax(-1);
    }
}
