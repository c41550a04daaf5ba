using Karl.Graphs;
using Karl.Networks.Internals;

namespace Karl.Networks;

/// <summary>The whole way from any first latent tokens of One-D-Piece back to an image (section 3).</summary>
/// <remarks>
/// Inputs: <c>codes</c> int64 <c>[batch, kept]</c>; <c>positions</c> int64 <c>[batch, kept]</c>, each token's place: 0, 1, 2 ... for first tokens. Output: <c>image</c>
/// float32 <c>[batch, 3, size, size]</c>, about 0 to 1, unclamped. Tokens that were cut off leave nothing behind, so no mask is needed. As published, the pixels come from
/// MaskGIT's VQGAN decoder, whose "same" padding of TensorFlow is a padding of one pixel for every convolution that it has.
/// </remarks>
public static class OneDPieceDecoder
{
    /// <summary>Describes the decoder.</summary>
    /// <exception cref="ArgumentException">The architecture cannot be built.</exception>
    public static Graph Describe(OneDPieceArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        architecture.Validate();
        var graph = new Graph("one-d-piece-decoder");
        var latents = LatentCodes.Codebook(graph, architecture.LatentCodebookSize, architecture.LatentWidth).Gather(graph.Input("codes", ElementType.Int64, "batch", "kept"));
        var positions = graph.Input("positions", ElementType.Int64, "batch", "kept");
        var prediction = Prediction(architecture, ImageTokens(architecture, latents, rows => rows.Gather(positions)));
        if (architecture.Base is VqganArchitecture vqgan) prediction = BaseNetwork.MeanCodes(vqgan, prediction.Softmax());
        graph.Output("image", BaseNetwork.Image(architecture.Base, prediction, architecture.GridSize));
        return graph;
    }

    /// <summary>What the transformer makes of the mask tokens, one for each 2D token, <c>[batch, grid * grid, width]</c>.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="latents">Latent tokens, <c>[batch, tokens, latent width]</c>.</param>
    /// <param name="pick">The positional rows of these tokens out of all, <c>[maximum, width]</c> to <c>[batch, tokens, width]</c> or, for all images the same, <c>[tokens, width]</c>.</param>
    internal static Tensor ImageTokens(OneDPieceArchitecture architecture, Tensor latents, Func<Tensor, Tensor> pick)
    {
        using (latents.Graph.Scope("decoder"))
        {
            return MaskTokens.Decoded(latents, architecture.Decoder, architecture.ImageTokens, architecture.MaximumLatents, pick);
        }
    }

    /// <summary>For each 2D token, a logit for each base code, or the base tokenizer's latent itself, <c>[batch, grid * grid, prediction width]</c>.</summary>
    internal static Tensor Prediction(OneDPieceArchitecture architecture, Tensor tokens)
    {
        using (tokens.Graph.Scope("decoder.prediction"))
        {
            tokens = tokens.PointwiseProjected("hidden", 2 * architecture.Decoder.Width).Tanh().PointwiseProjected("output", architecture.Base.PredictionWidth);
        }
        return tokens.Labelled(architecture.Base is VqganArchitecture ? "logits" : "decoded_tokens");
    }
}
