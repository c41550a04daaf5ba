using Karl.Graphs;

namespace Karl.Networks.Internals;

/// <summary>Pre-norm transformer blocks, on sequences <c>[batch, tokens, width]</c>.</summary>
internal static class Transformer
{
    /// <summary>Layer normalization (epsilon 1e-5) with weights <c>name.weight</c> and <c>name.bias</c>.</summary>
    public static Tensor LayerNormalized(this Tensor tokens, string name)
    {
        var graph = tokens.Graph;
        return tokens.LayerNormalization(graph.Parameter(name + ".weight", tokens.Shape[-1]), graph.Parameter(name + ".bias", tokens.Shape[-1]));
    }

    /// <summary>A linear layer with weights <c>name.weight</c> <c>[outputs, inputs]</c> and <c>name.bias</c>.</summary>
    public static Tensor Projected(this Tensor tokens, string name, Dimension outputs)
    {
        var graph = tokens.Graph;
        return tokens.Linear(graph.Parameter(name + ".weight", outputs, tokens.Shape[-1]), graph.Parameter(name + ".bias", outputs));
    }

    /// <summary>
    /// Blocks of which the last gives only the tokens that are needed afterwards: the others are keys and values in it, but no queries.
    /// The sequence is named <c>prefix.input_norm</c>, each block's result <c>prefix.blocks.n</c>.
    /// </summary>
    /// <param name="segments">The normalized sequence, in order.</param>
    /// <param name="size">Width, blocks, heads.</param>
    /// <param name="prefix">The scope that the caller is in: "encoder" or "decoder".</param>
    /// <param name="needed">Cuts the needed tokens out of the whole sequence.</param>
    /// <param name="hidden">1 where nobody attends to a token, 0 elsewhere, float32 <c>[batch, tokens]</c>; null where everybody attends to everything.</param>
    public static Tensor Blocks(IReadOnlyList<Segment> segments, TransformerSize size, string prefix, Func<Tensor, Tensor> needed, Tensor? hidden = null)
    {
        var mask = hidden is null ? null : new KeyMask(hidden, size);
        var graph = segments[0].Tokens.Graph;
        var sequence = Segment.Joined(segments).Labelled($"{prefix}.input_norm");
        for (var block = 0; block < size.Layers; block++)
        {
            using (graph.Scope($"blocks.{block}"))
            {
                sequence = Block(sequence, segments, size, block == size.Layers - 1 ? needed : all => all, mask).Labelled($"{prefix}.blocks.{block}");
                segments = [new Segment(sequence)];
            }
        }
        return sequence;
    }

    private static Tensor Block(Tensor sequence, IReadOnlyList<Segment> segments, TransformerSize size, Func<Tensor, Tensor> needed, KeyMask? mask)
    {
        var graph = sequence.Graph;
        long[] thirds = [size.Width, size.Width, size.Width];
        var weights = graph.Parameter("attention.input.weight", 3 * size.Width, size.Width).Split(0, thirds);
        var biases = graph.Parameter("attention.input.bias", 3 * size.Width).Split(0, thirds);
        var normal = segments.Select(segment => segment with { Tokens = segment.Tokens.LayerNormalized("attention_norm") }).ToList();
        var (queries, keys, values) = (needed(Input(0)), Input(1), Input(2));
        var mixed = queries.Attention(mask is null ? keys : mask.Hide(keys), values, size.Heads, mask?.Scale);
        var tokens = needed(sequence) + mixed.Projected("attention.output", size.Width);
        return tokens + tokens.LayerNormalized("feed_forward_norm").Projected("feed_forward.hidden", 4 * size.Width).Gelu().Projected("feed_forward.output", size.Width);

        Tensor Input(int third) => Segment.Joined([.. normal.Select(segment => segment with { Tokens = Third(segment.Tokens, third) })]);

        Tensor Third(Tensor normalTokens, int third) => mask is null || third == 2
            ? normalTokens.Linear(weights[third], biases[third])
            : normalTokens.Linear(mask.Widened(weights[third]), mask.WidenedBias(biases[third], third == 0 ? 1 : 0));
    }
}
