using Karl.Graphs;

namespace Karl.Networks.Internals;

/// <summary>
/// Keeps tokens from being attended to, for each image others. Every head gets one feature more: 1 in each query, and in each key 0, or a large negative number
/// where the token is hidden, so that the fused attention without a mask (the fast one) gives hidden tokens a probability of exactly 0.
/// </summary>
internal sealed class KeyMask
{
    private const float Never = -1e9f;
    private readonly TransformerSize _size;
    private readonly Tensor _added;

    /// <summary>Prepares a mask for all blocks of a transformer.</summary>
    /// <param name="hidden">1 where a token is hidden, 0 elsewhere, float32 <c>[batch, tokens]</c>. No gradient flows back to it.</param>
    /// <param name="size">The transformer's size.</param>
    public KeyMask(Tensor hidden, TransformerSize size)
    {
        _size = size;
        var features = Enumerable.Range(0, size.Width + size.Heads).Select(feature => (feature + 1) % (size.HeadWidth + 1) == 0 ? Never : 0);
        _added = hidden.StopGradient().Unsqueeze(-1) * hidden.Graph.Floats([.. features]);      // [batch, tokens, width + heads]
    }

    /// <summary>What products of queries and keys are multiplied with: the feature more does not count.</summary>
    public float Scale => 1 / MathF.Sqrt(_size.HeadWidth);

    /// <summary>The weight of a projection to queries or keys, <c>[width, width]</c>, with a row of zeros more for each head.</summary>
    public Tensor Widened(Tensor weight) =>
        weight.Reshape(_size.Heads, _size.HeadWidth, _size.Width).Pad([0, 0, 0], [0, 1, 0]).Reshape(_size.Width + _size.Heads, _size.Width);

    /// <summary>The bias of a projection to queries or keys, <c>[width]</c>, with a number more for each head.</summary>
    public Tensor WidenedBias(Tensor bias, float number) =>
        bias.Reshape(_size.Heads, _size.HeadWidth).Pad([0, 0], [0, 1], number).Reshape(_size.Width + _size.Heads);

    /// <summary>Hides keys, <c>[batch, tokens, width + heads]</c>.</summary>
    public Tensor Hide(Tensor keys) => keys + _added;
}
