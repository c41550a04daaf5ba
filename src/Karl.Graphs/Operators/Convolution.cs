using Karl.Graphs.Internals;

namespace Karl.Graphs;

public sealed partial class Tensor
{
    /// <summary>
    /// Two-dimensional convolution of <c>[batch, in, height, width]</c> with a weight <c>[out, in / groups, kernel height, kernel width]</c>
    /// and an optional bias <c>[out]</c>.
    /// </summary>
    /// <param name="weight">The kernels, in PyTorch's layout.</param>
    /// <param name="bias">One number per output channel, or null.</param>
    /// <param name="stride">Steps between places, on both axes.</param>
    /// <param name="padding">Zeros around the image.</param>
    /// <param name="groups">Into how many independent parts the channels fall.</param>
    public Tensor Convolution(Tensor weight, Tensor? bias = null, int stride = 1, Padding padding = default, int groups = 1) => Graph.Apply1(
        Operator.Convolution,
        new() { { "group", (long)groups }, { "pads", padding.ToOnnx() }, { "strides", new long[] { stride, stride } } },
        bias is null ? [this, weight] : [this, weight, bias]);

    /// <summary>
    /// The transpose of a convolution (upsampling): <c>[batch, in, height, width]</c> with a weight <c>[in, out / groups, kernel height, kernel width]</c>
    /// gives <c>[batch, out, (height - 1) * stride + kernel - padding + outputPadding, ...]</c>.
    /// </summary>
    public Tensor ConvolutionTranspose(Tensor weight, Tensor? bias = null, int stride = 1, Padding padding = default, int outputPadding = 0, int groups = 1) => Graph.Apply1(
        Operator.ConvolutionTranspose,
        new()
        {
            { "group", (long)groups }, { "output_padding", new long[] { outputPadding, outputPadding } },
            { "pads", padding.ToOnnx() }, { "strides", new long[] { stride, stride } },
        },
        bias is null ? [this, weight] : [this, weight, bias]);
}

/// <summary>Zeros around an image, counted in pixels. A number converts to the same on all four sides.</summary>
public readonly record struct Padding(int Top, int Left, int Bottom, int Right)
{
    /// <summary>The same on all four sides.</summary>
    public static implicit operator Padding(int all) => new(all, all, all, all);

    internal long[] ToOnnx() => [Top, Left, Bottom, Right];
}

internal static class ConvolutionRules
{
    public static TensorFacts[] Convolution(NodeDraft node)
    {
        var (image, weight, groups) = Checked(node);
        node.Require(weight.Shape[1] * groups == image.Shape[1], $"the weight takes {weight.Shape[1] * groups} channels in {groups} groups, the image has {image.Shape[1]}");
        node.Require(weight.Shape[0].Value % groups == 0, $"{weight.Shape[0]} output channels do not fall into {groups} groups");
        CheckBias(node, weight.Shape[0]);
        var window = Window.Of(node, 2, [weight.Shape[2].Value, weight.Shape[3].Value]);
        return [new(image.Type, new Shape(image.Shape[0], weight.Shape[0], window.Along(node, 0, image.Shape[2]), window.Along(node, 1, image.Shape[3])))];
    }

    public static TensorFacts[] ConvolutionTranspose(NodeDraft node)
    {
        var (image, weight, groups) = Checked(node);
        node.Require(weight.Shape[0] == image.Shape[1], $"the weight takes {weight.Shape[0]} channels, the image has {image.Shape[1]}");
        node.Require(weight.Shape[0].Value % groups == 0, $"{weight.Shape[0]} channels do not fall into {groups} groups");
        CheckBias(node, weight.Shape[1] * groups);
        var window = Window.Of(node, 2, [weight.Shape[2].Value, weight.Shape[3].Value]);
        var extra = node.Attributes.Integers("output_padding", [0, 0]);
        node.Require(extra.Count == 2 && extra.All(count => count >= 0), $"wanted an output padding of two numbers of at least zero, found [{string.Join(", ", extra)}]");
        node.Require(
            extra.Select((count, axis) => count < Math.Max(window.Strides[axis], window.Dilations[axis])).All(smaller => smaller),
            $"the output padding [{string.Join(", ", extra)}] must be smaller than the stride");
        return [new(image.Type, new Shape(
            image.Shape[0], weight.Shape[1] * groups, window.Against(0, image.Shape[2]) + extra[0], window.Against(1, image.Shape[3]) + extra[1]))];
    }

    private static (Tensor Image, Tensor Weight, long Groups) Checked(NodeDraft node)
    {
        node.RequireRank(0, 4, "[batch, channels, height, width]");
        node.RequireRank(1, 4, "[channels, channels, height, width]");
        node.RequireSameType(0, 1);
        node.Require(node[1].Shape.IsFixed, "the weight must have fixed lengths");
        var groups = node.Attributes.Integer("group", 1);
        node.Require(groups > 0, $"wanted at least one group, found {groups}");
        return (node[0], node[1], groups);
    }

    private static void CheckBias(NodeDraft node, Dimension channels)
    {
        if (node.Optional(2) is not { } bias) return;
        node.RequireSameType(0, 2);
        node.Require(bias.Shape.Equals(new Shape(channels)), $"the bias must be [{channels}]");
    }
}
