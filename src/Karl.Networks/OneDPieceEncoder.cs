using Karl.Graphs;
using Karl.Networks.Internals;

namespace Karl.Networks;

/// <summary>The whole way from an image to One-D-Piece's latent tokens, all of them at once (section 3).</summary>
/// <remarks>
/// Input: <c>image</c> float32 <c>[batch, 3, size, size]</c>, RGB, 0 to 1. Outputs: <c>codes</c> int64 <c>[batch, latents]</c> and <c>latents</c> float32
/// <c>[batch, latents, latent width]</c>, the codes' normalized vectors.
/// </remarks>
public static class OneDPieceEncoder
{
    /// <summary>Describes the encoder.</summary>
    /// <exception cref="ArgumentException">The architecture cannot be built.</exception>
    public static Graph Describe(OneDPieceArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        architecture.Validate();
        var graph = new Graph("one-d-piece-encoder");
        var image = graph.Input("image", ElementType.Float32, "batch", 3, architecture.ImageSize, architecture.ImageSize);
        var patches = BaseNetwork.Patches(architecture.Base, image, architecture.Encoder.Width);
        var (codes, latents, _) = LatentCodes.Nearest(
            LatentCodes.Codebook(graph, architecture.LatentCodebookSize, architecture.LatentWidth),
            Latents(architecture, LatentOutputs(architecture, patches)));
        graph.Output("codes", codes);
        graph.Output("latents", latents);
        return graph;
    }

    /// <summary>What the transformer makes of the learned latent tokens, normalized, <c>[batch, latents, width]</c>.</summary>
    internal static Tensor LatentOutputs(OneDPieceArchitecture architecture, Tensor patches)
    {
        var graph = patches.Graph;
        var (width, tokens, latents) = (architecture.Encoder.Width, architecture.ImageTokens, architecture.MaximumLatents);
        using (graph.Scope("encoder"))
        {
            var positions = graph.Parameter("positions", 1 + tokens, width);
            Segment[] sequence =
            [
                new((graph.Parameter("class_token", 1, width) + positions.Slice(0, 0, 1)).Unsqueeze(0).LayerNormalized("input_norm")),
                new((patches + positions.Slice(0, 1, 1 + tokens)).LayerNormalized("input_norm")),
                new((graph.Parameter("latent_tokens", latents, width) + graph.Parameter("latent_positions", latents, width)).Unsqueeze(0).LayerNormalized("input_norm")),
            ];
            return Transformer.Blocks(sequence, architecture.Encoder, "encoder", all => all.Slice(1, 1 + tokens))
                .LayerNormalized("latents.norm").Labelled("encoder.latent_outputs");
        }
    }

    /// <summary>Latents before quantization, <c>[batch, latents, latent width]</c>.</summary>
    /// <remarks>
    /// With <see cref="OneDPieceArchitecture.MixesLatents"/> the outputs' numbers are taken, in their order and not transposed, for a map of <c>[width, latents]</c>: each latent is
    /// made of numbers of many tokens. It looks like an oversight of the released code, but it is what the published weights were trained with.
    /// </remarks>
    internal static Tensor Latents(OneDPieceArchitecture architecture, Tensor outputs)
    {
        using (outputs.Graph.Scope("encoder.latents"))
        {
            if (architecture.MixesLatents) outputs = outputs.Reshape(outputs.Shape[0], architecture.Encoder.Width, architecture.MaximumLatents).Transpose(0, 2, 1);
            return outputs.PointwiseProjected("output", architecture.LatentWidth).Labelled("factorized_latents");
        }
    }
}
