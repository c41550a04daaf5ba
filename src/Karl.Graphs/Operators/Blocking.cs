using Karl.Graphs.Internals;

namespace Karl.Graphs;

public sealed partial class Tensor
{
    /// <summary>
    /// A map <c>[batch, channels, height, width]</c> with the channels of a block next to each other in memory, for <see cref="BlockedConvolution"/>. The shape stays; how many
    /// channels a block has is the processor's (<see cref="Graph.BlockConvolutions"/>), and they must be a multiple of it.
    /// </summary>
    public Tensor BlockChannels() => Alone(Operator.BlockChannels);

    /// <summary>A map as <see cref="BlockChannels"/> left it, in the usual order again.</summary>
    public Tensor UnblockChannels() => Graph.Apply1(Operator.UnblockChannels, new() { { "channels", Shape[1].Value } }, this);

    /// <summary>
    /// <see cref="Convolution"/> of a map of blocks, which gives one. The weight has the usual shape <c>[out, in, kernel height, kernel width]</c>, and its numbers in the order
    /// <c>[out / block, in / block, kernel height, kernel width, block of in, block of out]</c>.
    /// </summary>
    public Tensor BlockedConvolution(Tensor weight, Tensor? bias = null, int stride = 1, Padding padding = default) => Graph.Apply1(
        Operator.BlockedConvolution,
        new() { { "group", 1L }, { "pads", padding.ToOnnx() }, { "strides", new long[] { stride, stride } } },
        bias is null ? [this, weight] : [this, weight, bias]);
}

internal static class BlockingRules
{
    public static TensorFacts[] Same(NodeDraft node)
    {
        node.RequireRank(0, 4, "[batch, channels, height, width]");
        node.Require(node[0].Shape[1].IsFixed, "the number of channels must be known");
        node.Require(node.Attributes.Integer("channels", node[0].Shape[1].Value) == node[0].Shape[1].Value, $"wanted all {node[0].Shape[1]} channels");
        return [new(node[0].Type, node[0].Shape)];
    }
}
