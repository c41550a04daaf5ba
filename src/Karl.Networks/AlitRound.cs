using Karl.Graphs;
using Karl.Networks.Internals;

namespace Karl.Networks;

/// <summary>One round of ALIT's encoder (section 3): fresh latent tokens join all that the last round gave, and the same transformer runs over both.</summary>
/// <remarks>
/// Inputs: <c>sequence</c> float32 <c>[batch, carried, width]</c>, class token, 2D tokens and the latent tokens so far: what <see cref="AlitEncoder"/> or the
/// last round gave; <c>halted</c> float32 <c>[batch, grid * grid]</c>, 1 where a 2D token is done with and makes room for a mask token, 0 elsewhere; <c>round</c> int64
/// <c>[1]</c>, from 0. Outputs: <c>next_sequence</c> float32 <c>[batch, carried + fresh, width]</c>; of all latent tokens so far <c>latents</c> float32
/// <c>[batch, tokens, latent width]</c> and, where they are quantized, <c>codes</c> int64 <c>[batch, tokens]</c>.
/// </remarks>
public static class AlitRound
{
    /// <summary>Describes the graph.</summary>
    /// <exception cref="ArgumentException">The architecture cannot be built.</exception>
    public static Graph Describe(AlitArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        architecture.Validate();
        var graph = new Graph("alit-round");
        var sequence = graph.Input("sequence", ElementType.Float32, "batch", "carried", architecture.Encoder.Width);
        var halted = graph.Input("halted", ElementType.Float32, "batch", architecture.ImageTokens);
        var round = graph.Input("round", ElementType.Int64, 1);
        var next = Next(architecture, Masked(architecture, sequence, halted), rows => rows.Gather(round));
        graph.Output("next_sequence", next);
        var latents = Latents(architecture, LatentOutputs(architecture, next));
        if (architecture.Quantized)
        {
            (var codes, latents, _) = LatentCodes.Nearest(LatentCodes.Codebook(graph, architecture.LatentCodebookSize, architecture.LatentWidth), latents);
            graph.Output("codes", codes);
        }
        graph.Output("latents", latents);
        return graph;
    }

    /// <summary>Replaces halted 2D tokens in what the last round gave by their positions and the mask token.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="sequence"><c>[batch, carried, width]</c>.</param>
    /// <param name="halted">1 where a 2D token is halted, 0 elsewhere, float32 <c>[batch, grid * grid]</c>.</param>
    internal static Tensor Masked(AlitArchitecture architecture, Tensor sequence, Tensor halted)
    {
        var graph = sequence.Graph;
        var end = 1 + architecture.ImageTokens;
        var mask = AlitEncoder.Positions(graph, architecture).Slice(0, 1) + graph.Parameter("encoder.mask_token", 1, 1, architecture.Encoder.Width);
        var share = halted.Unsqueeze(-1);                                       // [batch, grid * grid, 1]
        var imageTokens = mask * share + sequence.Slice(1, 1, end) * (1 - share);
        return Tensor.Concat(1, sequence.Slice(1, 0, 1), imageTokens, sequence.Slice(1, end));
    }

    /// <summary>What the transformer makes of a sequence and the round's fresh latent tokens, <c>[batch, carried + fresh, width]</c>.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="sequence">What is carried on, masked, <c>[batch, carried, width]</c>.</param>
    /// <param name="pick">The round's row out of a table with one for each, <c>[rounds, ...]</c> to <c>[1, ...]</c>.</param>
    internal static Tensor Next(AlitArchitecture architecture, Tensor sequence, Func<Tensor, Tensor> pick)
    {
        var graph = sequence.Graph;
        var width = architecture.Encoder.Width;
        using (graph.Scope("encoder"))
        {
            var carried = sequence.LayerNormalization(
                pick(NormTable(graph, architecture, "weight")).Reshape(width),
                pick(NormTable(graph, architecture, "bias")).Reshape(width));
            Segment[] segments = [new(carried), new(FreshLatents(graph, architecture), pick)];
            return Transformer.Blocks(segments, architecture.Encoder, "encoder", all => all);
        }
    }

    /// <summary>Of a round's result, the latent tokens alone, <c>[batch, tokens, width]</c>: what the original hands out as embedding.</summary>
    internal static Tensor LatentOutputs(AlitArchitecture architecture, Tensor sequence) =>
        sequence.Slice(1, 1 + architecture.ImageTokens).Labelled("encoder.latent_outputs");

    /// <summary>Latents before quantization, <c>[batch, tokens, latent width]</c>.</summary>
    internal static Tensor Latents(AlitArchitecture architecture, Tensor outputs)
    {
        using (outputs.Graph.Scope("encoder.latents"))
        {
            return outputs.LayerNormalized("norm").Projected("output", architecture.LatentWidth).Labelled("factorized_latents");
        }
    }

    /// <summary>Each round's latent tokens as they join, normalized, <c>[rounds, fresh, width]</c>: weights alone, so an exporter folds it into one table.</summary>
    private static Tensor FreshLatents(Graph graph, AlitArchitecture architecture)
    {
        var (fresh, width) = (architecture.LatentsPerRound, architecture.Encoder.Width);
        var tokens = graph.Parameter("latent_tokens", fresh, width) + graph.Parameter("latent_positions", fresh, width)
            + graph.Parameter("round_embeddings", architecture.Rounds, fresh, width);
        var first = tokens.Slice(0, 0, 1).LayerNormalized("input_norm");
        return architecture.Rounds == 1 ? first : Tensor.Concat(0, first, tokens.Slice(0, 1).LayerNormalized("next_norm"));
    }

    /// <summary>The normalization before each round, <c>[rounds, width]</c>: the first has one of its own, all others share one.</summary>
    private static Tensor NormTable(Graph graph, AlitArchitecture architecture, string kind)
    {
        var width = architecture.Encoder.Width;
        var first = graph.Parameter("input_norm." + kind, width).Unsqueeze(0);
        var others = graph.Parameter("next_norm." + kind, width).Unsqueeze(0);
        return Tensor.Concat(0, [first, .. Enumerable.Repeat(others, architecture.Rounds - 1)]);
    }
}
