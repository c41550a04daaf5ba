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
        var prediction = Prediction(architecture, ImageTokens(architecture, latents, rows => rows.Gather(positions)));
        graph.Output("image", Image(architecture, architecture.Base is VqganArchitecture ? MeanCodes(architecture, prediction.Softmax()) : prediction));
        return graph;
    }

    /// <summary>What the transformer makes of the mask tokens, one for each 2D token, <c>[batch, grid * grid, width]</c>.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="latents">Latent tokens, <c>[batch, tokens, latent width]</c>.</param>
    /// <param name="pick">The positional rows of these tokens out of all, <c>[maximum, width]</c> to <c>[batch, tokens, width]</c> or, for all images the same, <c>[tokens, width]</c>.</param>
    /// <param name="halted">1 where a token is halted but still in the sequence, 0 elsewhere, float32 <c>[batch, tokens]</c>; null where only kept ones are.</param>
    internal static Tensor ImageTokens(KarlArchitecture architecture, Tensor latents, Func<Tensor, Tensor> pick, Tensor? halted = null)
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
                new((latents.Projected("latent_embedding", width) + pick(rows)).LayerNormalized("input_norm")),
            ];
            var hidden = halted?.Pad([0, architecture.ImageTokens], [0, 0]);
            return Transformer.Blocks(sequence, architecture.Decoder, "decoder", all => all.Slice(1, 0, architecture.ImageTokens), hidden)
                .LayerNormalized("output_norm").Labelled("decoder.output_norm");
        }
    }

    /// <inheritdoc cref="BaseNetwork.Prediction"/>
    internal static Tensor Prediction(KarlArchitecture architecture, Tensor tokens) => BaseNetwork.Prediction(architecture.Base, tokens);

    /// <inheritdoc cref="BaseNetwork.MeanCodes"/>
    internal static Tensor MeanCodes(KarlArchitecture architecture, Tensor probabilities) => BaseNetwork.MeanCodes((VqganArchitecture)architecture.Base, probabilities);

    /// <inheritdoc cref="BaseNetwork.Codebook"/>
    internal static Tensor BaseCodebook(KarlArchitecture architecture, Graph graph) => BaseNetwork.Codebook((VqganArchitecture)architecture.Base, graph);

    /// <inheritdoc cref="BaseNetwork.Image"/>
    internal static Tensor Image(KarlArchitecture architecture, Tensor decodedTokens) => BaseNetwork.Image(architecture.Base, decodedTokens, architecture.GridSize);
}
