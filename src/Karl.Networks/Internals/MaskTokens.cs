using Karl.Graphs;

namespace Karl.Networks.Internals;

/// <summary>The decoder's transformer of ALIT and One-D-Piece, which is TiTok's (arXiv 2406.07550): latent tokens are read by a class token and one mask token a place.</summary>
internal static class MaskTokens
{
    /// <summary>What the transformer makes of the mask tokens, one for each 2D token, <c>[batch, image tokens, width]</c>.</summary>
    /// <param name="latents">Latent tokens, <c>[batch, tokens, latent width]</c>.</param>
    /// <param name="size">The transformer; the graph is in its scope, "decoder".</param>
    /// <param name="imageTokens">2D tokens.</param>
    /// <param name="maximumLatents">Latent tokens that have a positional row.</param>
    /// <param name="pick">The rows of these tokens out of all, <c>[maximum, width]</c> to <c>[batch, tokens, width]</c> or, for all images the same, <c>[tokens, width]</c>.</param>
    public static Tensor Decoded(Tensor latents, TransformerSize size, int imageTokens, int maximumLatents, Func<Tensor, Tensor> pick)
    {
        var graph = latents.Graph;
        var width = size.Width;
        var rows = graph.Parameter("latent_positions", maximumLatents, width);
        var masks = Tensor.Concat(1, graph.Parameter("class_token", 1, width).Unsqueeze(0), graph.Parameter("mask_token", 1, 1, width).Expand(1, imageTokens, width))
            + graph.Parameter("positions", 1 + imageTokens, width);             // [1, 1 + image tokens, width]
        Segment[] sequence =
        [
            new(masks.LayerNormalized("input_norm")),
            new((latents.Projected("latent_embedding", width) + pick(rows)).LayerNormalized("input_norm")),
        ];
        return Transformer.Blocks(sequence, size, "decoder", all => all.Slice(1, 1, 1 + imageTokens)).LayerNormalized("output_norm").Labelled("decoder.output_norm");
    }
}
