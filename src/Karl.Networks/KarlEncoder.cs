using Karl.Graphs;
using Karl.Networks.Internals;

namespace Karl.Networks;

/// <summary>The whole way from an image to latent tokens and the probability that each is not needed (KARL, section 3).</summary>
/// <remarks>
/// Inputs: <c>image</c> float32 <c>[batch, 3, size, size]</c>, RGB, 0 to 1; <c>epsilon</c> float32 <c>[batch]</c>, the mean absolute pixel error
/// asked for; <c>budget</c> int64 <c>[1]</c>; over a VAE <c>noise</c> float32 <c>[batch, channels, grid, grid]</c>, zeros for the posterior's mean.
/// Outputs: <c>latents</c> float32 <c>[batch, budget, latent width]</c>, <c>codes</c> int64 <c>[batch, budget]</c> (quantized latents only),
/// <c>halting_probabilities</c> float32 <c>[batch, budget]</c>.
/// </remarks>
public static class KarlEncoder
{
    /// <summary>Describes the encoder.</summary>
    /// <exception cref="ArgumentException">The architecture cannot be built.</exception>
    public static Graph Describe(KarlArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        architecture.Validate();
        var graph = new Graph("karl-encoder");
        var image = graph.Input("image", ElementType.Float32, "batch", 3, architecture.ImageSize, architecture.ImageSize);
        var epsilon = graph.Input("epsilon", ElementType.Float32, "batch");
        var budget = graph.Input("budget", ElementType.Int64, 1);
        var baseMap = BaseMap(architecture, image);
        var outputs = LatentOutputs(architecture, ImageTokens(architecture, image, baseMap), ErrorBin(architecture, epsilon), budget);

        if (architecture.Quantized)
        {
            var (codes, latents, _) = Quantized(architecture, Latents(architecture, outputs));
            graph.Output("codes", codes);
            graph.Output("latents", latents);
        }
        else
        {
            graph.Output("latents", Latents(architecture, outputs));
        }
        graph.Output("halting_probabilities", HaltingLogits(architecture, outputs).Sigmoid());
        return graph;
    }

    /// <summary>What the base tokenizer says, <c>[batch, channels, grid, grid]</c>: features before quantization, or the scaled latent.</summary>
    internal static Tensor BaseMap(KarlArchitecture architecture, Tensor image) => BaseNetwork.Map(architecture.Base, image);

    /// <summary>2D tokens <c>[batch, grid * grid, width]</c>: patch embedding, then base features.</summary>
    internal static Tensor ImageTokens(KarlArchitecture architecture, Tensor image, Tensor baseMap) => Tensor.Concat(
        2,
        BaseNetwork.Patches(architecture.Base, image, architecture.PatchWidth),
        baseMap.Rows().Labelled("base_tokens")).Labelled("image_tokens");

    /// <summary>The smallest bin that is not below epsilon, int64 <c>[batch, 1]</c>; the last where all are. Compared in float32, as published.</summary>
    internal static Tensor ErrorBin(KarlArchitecture architecture, Tensor epsilon)
    {
        var graph = epsilon.Graph;
        var below = graph.Floats([.. architecture.ErrorBins.SkipLast(1)]).Less(epsilon.Unsqueeze(1));   // [batch, bins - 1]
        return below.Cast(ElementType.Int64).ReduceSum([1], keepDimensions: true);
    }

    /// <summary>What the transformer makes of the learned latent tokens, <c>[batch, budget, width]</c>.</summary>
    internal static Tensor LatentOutputs(KarlArchitecture architecture, Tensor imageTokens, Tensor errorBin, Tensor budget)
    {
        var graph = imageTokens.Graph;
        var width = architecture.Encoder.Width;
        using (graph.Scope("encoder"))
        {
            var errors = graph.Parameter("error_embeddings", architecture.ErrorBins.Count, width).Unsqueeze(0);
            var positions = LearnedPositions.Rows(graph, "positions", width, architecture.PositionGrid, architecture.GridSize);
            var latents = graph.Parameter("latent_tokens", architecture.MaximumLatents, width).Unsqueeze(0);
            Segment[] sequence =
            [
                new(errors.LayerNormalized("input_norm"), table => table.Squeeze(0).Gather(errorBin)),      // [batch, 1, width]
                new((imageTokens + positions).LayerNormalized("input_norm")),
                new(latents.LayerNormalized("input_norm"), table => table.First(1, budget)),
            ];
            return Transformer.Blocks(sequence, architecture.Encoder, "encoder", all => all.Slice(1, 1 + architecture.ImageTokens)).Labelled("encoder.latent_outputs");
        }
    }

    /// <summary>What the halting probabilities are the sigmoid of, <c>[batch, budget]</c>.</summary>
    internal static Tensor HaltingLogits(KarlArchitecture architecture, Tensor outputs)
    {
        using (outputs.Graph.Scope("encoder.halting"))
        {
            return outputs.LayerNormalized("norm").Projected("hidden", architecture.HaltingHidden).Tanh().Projected("output", 1).Squeeze(-1).Labelled("halting_logits");
        }
    }

    /// <summary>Latents before quantization, <c>[batch, budget, latent width]</c>.</summary>
    internal static Tensor Latents(KarlArchitecture architecture, Tensor outputs)
    {
        using (outputs.Graph.Scope("encoder.latents"))
        {
            return outputs.LayerNormalized("norm").Projected("output", architecture.LatentWidth).Labelled("factorized_latents");
        }
    }

    /// <inheritdoc cref="LatentCodes.Nearest"/>
    internal static (Tensor Codes, Tensor Latents, Tensor Normalized) Quantized(KarlArchitecture architecture, Tensor latents) =>
        LatentCodes.Nearest(Codebook(latents.Graph, architecture), latents);

    /// <summary>The codebook of latent tokens, each row of length 1, <c>[codes, latent width]</c>.</summary>
    internal static Tensor Codebook(Graph graph, KarlArchitecture architecture) =>
        LatentCodes.Codebook(graph, architecture.LatentCodebookSize, architecture.LatentWidth);
}
