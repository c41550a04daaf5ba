using Karl.Graphs;
using Karl.Networks.Internals;

namespace Karl.Networks;

/// <summary>The whole way from ALIT's latent tokens, after any round, back to an image (section 3).</summary>
/// <remarks>
/// Inputs: <c>codes</c> int64 <c>[batch, kept]</c> (quantized) or <c>latents</c> float32 <c>[batch, kept, latent width]</c>; <c>positions</c> int64
/// <c>[batch, kept]</c>, each token's place: 0, 1, 2 ... for all tokens of a round. Outputs: <c>image</c> float32 <c>[batch, 3, size, size]</c>, about 0 to 1,
/// unclamped; over a VQGAN <c>code_probabilities</c> float32 <c>[batch, grid * grid, base codes]</c>, which halting of 2D tokens goes by.
/// </remarks>
public static class AlitDecoder
{
    /// <summary>Describes the decoder.</summary>
    /// <exception cref="ArgumentException">The architecture cannot be built.</exception>
    public static Graph Describe(AlitArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        architecture.Validate();
        var graph = new Graph("alit-decoder");
        var latents = architecture.Quantized
            ? LatentCodes.Codebook(graph, architecture.LatentCodebookSize, architecture.LatentWidth).Gather(graph.Input("codes", ElementType.Int64, "batch", "kept"))
            : graph.Input("latents", ElementType.Float32, "batch", "kept", architecture.LatentWidth);
        var positions = graph.Input("positions", ElementType.Int64, "batch", "kept");
        var prediction = BaseNetwork.Prediction(architecture.Base, ImageTokens(architecture, latents, rows => rows.Gather(positions)));
        if (architecture.Base is VqganArchitecture vqgan)
        {
            var probabilities = prediction.Softmax();
            prediction = BaseNetwork.MeanCodes(vqgan, probabilities);
            graph.Output("image", BaseNetwork.Image(vqgan, prediction, architecture.GridSize));
            graph.Output("code_probabilities", probabilities);
        }
        else
        {
            graph.Output("image", BaseNetwork.Image(architecture.Base, prediction, architecture.GridSize));
        }
        return graph;
    }

    /// <summary>What the transformer makes of the mask tokens, one for each 2D token, <c>[batch, grid * grid, width]</c>.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="latents">Latent tokens, <c>[batch, tokens, latent width]</c>.</param>
    /// <param name="pick">The positional rows of these tokens out of all, <c>[maximum, width]</c> to <c>[batch, tokens, width]</c> or, for all images the same, <c>[tokens, width]</c>.</param>
    internal static Tensor ImageTokens(AlitArchitecture architecture, Tensor latents, Func<Tensor, Tensor> pick)
    {
        using (latents.Graph.Scope("decoder"))
        {
            return MaskTokens.Decoded(latents, architecture.Decoder, architecture.ImageTokens, architecture.MaximumLatents, pick);
        }
    }
}
