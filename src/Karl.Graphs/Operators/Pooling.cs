using Karl.Graphs.Internals;

namespace Karl.Graphs;

public sealed partial class Tensor
{
    /// <summary>The mean of each window of <c>[batch, channels, height, width]</c>; padding is not counted. The stride is the kernel's size where not given.</summary>
    public Tensor AveragePool(int kernel, int? stride = null, Padding padding = default) => Pool(Operator.AveragePool, kernel, stride, padding);

    /// <summary>The largest element of each window of <c>[batch, channels, height, width]</c>. The stride is the kernel's size where not given.</summary>
    public Tensor MaxPool(int kernel, int? stride = null, Padding padding = default) => Pool(Operator.MaxPool, kernel, stride, padding);

    /// <summary>Repeats every pixel of <c>[batch, channels, height, width]</c>, so that height and width grow by whole factors.</summary>
    public Tensor ResizeNearest(int factor) => Graph.Apply1(
        Operator.Resize,
        new() { { "coordinate_transformation_mode", "asymmetric" }, { "mode", "nearest" }, { "nearest_mode", "floor" } },
        this, null, Graph.Floats(1, 1, factor, factor));

    /// <summary>Channels into blocks of pixels: <c>[batch, channels, height, width]</c> to <c>[batch, channels / block², height * block, width * block]</c>; the block is the outer part of the channels, as in ONNX's DCR.</summary>
    public Tensor DepthToSpace(int block) => Graph.Apply1(Operator.DepthToSpace, new() { { "blocksize", (long)block } }, this);

    /// <summary>Blocks of pixels into channels: <c>[batch, channels, height, width]</c> to <c>[batch, channels * block², height / block, width / block]</c>, the inverse of <see cref="DepthToSpace"/>.</summary>
    public Tensor SpaceToDepth(int block) => Graph.Apply1(Operator.SpaceToDepth, new() { { "blocksize", (long)block } }, this);

    private Tensor Pool(Operator @operator, int kernel, int? stride, Padding padding)
    {
        long step = stride ?? kernel;
        return Graph.Apply1(
            @operator,
            new() { { "kernel_shape", new long[] { kernel, kernel } }, { "pads", padding.ToOnnx() }, { "strides", new[] { step, step } } },
            this);
    }
}

internal static class PoolingRules
{
    public static TensorFacts[] Pool(NodeDraft node)
    {
        node.RequireRank(0, 4, "[batch, channels, height, width]");
        node.RequireFloating(0);
        var shape = node[0].Shape;
        var window = Window.Of(node, 2, node.Attributes.Integers("kernel_shape", []));
        node.Require(window.Pads.Select((pad, side) => pad < window.Kernel[side % 2]).All(smaller => smaller), $"the padding [{string.Join(", ", window.Pads)}] must be smaller than the kernel");
        return [new(node[0].Type, new Shape(shape[0], shape[1], window.Along(node, 0, shape[2]), window.Along(node, 1, shape[3])))];
    }

    public static TensorFacts[] Resize(NodeDraft node)
    {
        var shape = node[0].Shape;
        if (node.Optional(2)?.Data is not { Type: ElementType.Float32 } scales) throw node.Error("the factors must be written down in the graph");
        node.Require(scales.ElementCount == shape.Rank, $"wanted {shape.Rank} factors, found {scales.ElementCount}");
        var factors = scales.AsSpan<float>().ToArray();
        node.Require(factors.All(factor => factor >= 1 && float.IsInteger(factor)), $"the factors {string.Join(", ", factors)} must be whole numbers");
        return [new(node[0].Type, new Shape(shape.Select((length, axis) => length * (long)factors[axis])))];
    }

    public static TensorFacts[] DepthToSpace(NodeDraft node)
    {
        var (shape, block) = Blocks(node);
        var channels = shape[1].DivideExactly(block * block) ?? throw node.Error($"{shape[1]} channels do not fall into blocks of {block} x {block}");
        return [new(node[0].Type, new Shape(shape[0], channels, shape[2] * block, shape[3] * block))];
    }

    public static TensorFacts[] SpaceToDepth(NodeDraft node)
    {
        var (shape, block) = Blocks(node);
        var height = shape[2].DivideExactly(block) ?? throw node.Error($"the height {shape[2]} does not fall into blocks of {block}");
        var width = shape[3].DivideExactly(block) ?? throw node.Error($"the width {shape[3]} does not fall into blocks of {block}");
        return [new(node[0].Type, new Shape(shape[0], shape[1] * (block * block), height, width))];
    }

    private static (Shape Shape, long Block) Blocks(NodeDraft node)
    {
        node.RequireRank(0, 4, "[batch, channels, height, width]");
        var block = node.Attributes.Integer("blocksize", 0);
        node.Require(block > 0, $"the block must be above zero, found {block}");
        return (node[0].Shape, block);
    }
}
