using Karl.Graphs;
using Karl.Networks.Internals;

namespace Karl.Networks;

/// <summary>The whole way from kept latent tokens back to an image (KARL, section 3).</summary>
/// <remarks>
/// Inputs: <c>codes</c> int64 <c>[batch, kept]</c> (quantized) or <c>latents</c> float32 <c>[batch, kept, latent width]</c>; <c>positions</c>
/// int64 <c>[batch, kept]</c>, each token's place in the budget. Output: <c>image</c> float32 <c>[batch, 3, size, size]</c>, about 0 to 1, unclamped.
/// In the published network a halted token attends to nothing but itself and nobody attends to it, so leaving it out changes nothing and needs no mask.
/// </remarks>
public static class KarlDecoder
{
    /// <summary>Describes the decoder.</summary>
    /// <exception cref="ArgumentException">The architecture cannot be built.</exception>
    public static Graph Describe(KarlArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        architecture.Validate();
        var graph = new Graph("karl-decoder");
        var latents = architecture.Quantized
            ? KarlEncoder.Codebook(graph, architecture).Gather(graph.Input("codes", ElementType.Int64, "batch", "kept"))
            : graph.Input("latents", ElementType.Float32, "batch", "kept", architecture.LatentWidth);
        var positions = graph.Input("positions", ElementType.Int64, "batch", "kept");
        var tokens = BaseTokens(architecture, ImageTokens(architecture, latents, positions));
        var map = tokens.Map(architecture.GridSize);
        graph.Output("image", architecture.Base is VqganArchitecture vqgan ? VqganNetwork.Decode(vqgan, map) : VaeNetwork.Decode((VaeArchitecture)architecture.Base, map));
        return graph;
    }

    /// <summary>What the transformer makes of the mask tokens, one for each 2D token, <c>[batch, grid * grid, width]</c>.</summary>
    private static Tensor ImageTokens(KarlArchitecture architecture, Tensor latents, Tensor positions)
    {
        var graph = latents.Graph;
        var width = architecture.Decoder.Width;
        using (graph.Scope("decoder"))
        {
            var rows = graph.Parameter("latent_positions", architecture.MaximumLatents, width);
            var mask = graph.Parameter("mask_token", 1, 1, width)
                + LearnedPositions.Rows(graph, "positions", width, architecture.PositionGrid, architecture.GridSize);
            Segment[] sequence =
            [
                new(mask.LayerNormalized("input_norm")),
                new((latents.Projected("latent_embedding", width) + rows.Gather(positions)).LayerNormalized("input_norm")),
            ];
            return Transformer.Blocks(sequence, architecture.Decoder, "decoder", all => all.Slice(1, 0, architecture.ImageTokens))
                .LayerNormalized("output_norm").Named("decoder.output_norm");
        }
    }

    /// <summary>What the base decoder takes, <c>[batch, grid * grid, channels]</c>: the mean of all codes by their probabilities, or the unscaled latent.</summary>
    private static Tensor BaseTokens(KarlArchitecture architecture, Tensor tokens)
    {
        var graph = tokens.Graph;
        using (graph.Scope("decoder.prediction"))
        {
            tokens = tokens.Projected("hidden", 2 * architecture.Decoder.Width).Tanh().Projected("output", architecture.Base.PredictionWidth);
        }
        if (architecture.Base is VqganArchitecture vqgan)
        {
            tokens = tokens.Named("logits").Softmax().MatMul(graph.Parameter("base.codebook.weight", vqgan.CodebookSize, vqgan.CodeWidth));
        }
        return tokens.Named("decoded_tokens");
    }
}
