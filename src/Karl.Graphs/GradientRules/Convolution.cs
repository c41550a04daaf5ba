using Karl.Graphs.Internals;

namespace Karl.Graphs.GradientRules;

internal static class ConvolutionGradients
{
    /// <summary>Up to so many inputs times taps, one product over all taps is faster than one for each: docs/gradients.md.</summary>
    private const long MostThinChannels = 256;

    /// <summary>Up to so many pixels in a map, turning a weight around takes longer than it saves.</summary>
    private const long MostSmallPixels = 63;

    public static Dictionary<Operator, GradientRule> Rules { get; } = new()
    {
        [Operator.Convolution] = GradientRule.PerInput(Image, (gradient, node) => Weight(node[0], gradient, node), Bias),
        [Operator.ConvolutionTranspose] = GradientRule.PerInput(TransposeImage, (gradient, node) => Weight(gradient, node[0], node), Bias),
    };

    private static Tensor Bias(Tensor gradient, GradientStep node) => gradient.ReduceSum([0, 2, 3]);

    /// <summary>
    /// With stride 1 a convolution with the weight turned around, which on large maps is faster than the transposed one that larger strides need,
    /// unless few channels come from many.
    /// </summary>
    private static Tensor Image(Tensor gradient, GradientStep node)
    {
        var (image, weight, window, groups) = (node[0].Shape, node[1], WindowOf(node), node.Attributes.Integer("group", 1));
        long[] turned = [.. Enumerable.Range(0, 4).Select(side => window.Reach(side % 2) - 1 - window.Pads[side])];
        if (window.Strides.All(stride => stride == 1) && turned.All(count => count >= 0) && 8 * image[1].Value > gradient.Shape[1].Value
            && (image[2] * image[3] is not { IsFixed: true } size || size.Value > MostSmallPixels))
        {
            return node.Graph.Apply1(
                Operator.Convolution,
                new() { { "dilations", window.Dilations.ToArray() }, { "group", groups }, { "pads", turned } },
                gradient, TurnedAround(weight, groups));
        }
        long[] extra = [.. Enumerable.Range(0, 2).Select(axis => image[axis + 2] - window.Against(axis, gradient.Shape[axis + 2]) is { IsFixed: true } rest
            ? rest.Value
            : throw node.Unsupported($"with a stride above 1 it must be known by how much the places fall short of a length of {image[axis + 2]}; wanted a fixed height and width"))];
        return node.Graph.Apply1(
            Operator.ConvolutionTranspose,
            new()
            {
                { "dilations", window.Dilations.ToArray() }, { "group", groups }, { "output_padding", extra },
                { "pads", window.Pads.ToArray() }, { "strides", window.Strides.ToArray() },
            },
            gradient, weight);
    }

    /// <summary>The convolution whose transpose the node is.</summary>
    private static Tensor TransposeImage(Tensor gradient, GradientStep node)
    {
        var window = WindowOf(node);
        return node.Graph.Apply1(
            Operator.Convolution,
            new()
            {
                { "dilations", window.Dilations.ToArray() }, { "group", node.Attributes.Integer("group", 1) },
                { "pads", window.Pads.ToArray() }, { "strides", window.Strides.ToArray() },
            },
            gradient, node[1]);
    }

    /// <summary>
    /// <c>[out, in / groups, height, width]</c> to <c>[in, out / groups, height, width]</c>, every kernel turned by half a turn: by a product with ones
    /// on the other diagonal, which is exact and three times as fast as cutting backwards.
    /// </summary>
    private static Tensor TurnedAround(Tensor weight, long groups)
    {
        var graph = weight.Graph;
        var (outputs, inputs, height, width) = (weight.Shape[0].Value, weight.Shape[1].Value, weight.Shape[2].Value, weight.Shape[3].Value);
        var taps = height * width;
        var turned = weight.Reshape(groups, outputs / groups, inputs, taps);
        if (taps > 1)
        {
            var reversed = graph.Integers([.. Enumerable.Range(1, (int)taps).Select(tap => taps - tap)]);
            turned = turned.MatMul(graph.Range(taps).Reshape(taps, 1).EqualTo(reversed).Cast(weight.Type));
        }
        return turned.Transpose(0, 2, 1, 3).Reshape(groups * inputs, outputs / groups, height, width);
    }

    /// <summary>
    /// For each tap of the kernel, the product of the pixels that come under it, of all images at once, with the gradients of the places where they do.
    /// Few channels make thin products, so then the pixels of all taps are put side by side for one. For large maps see <see cref="ShiftedProducts"/>.
    /// </summary>
    /// <param name="image">What the window slides over, <c>[batch, in, height, width]</c>.</param>
    /// <param name="gradient">One number for each place of the window and output channel, <c>[batch, out, rows, columns]</c>.</param>
    /// <param name="node">The node, whose weight is <c>[out, in / groups, kernel height, kernel width]</c>.</param>
    private static Tensor Weight(Tensor image, Tensor gradient, GradientStep node)
    {
        var (weight, window, groups) = (node[1].Shape, WindowOf(node), node.Attributes.Integer("group", 1));
        if (groups == 1 && ShiftedProducts.Suit(window, image.Shape, gradient.Shape)) return ShiftedProducts.Weight(window, image, gradient);
        var (outputs, inputs, taps) = (weight[0], weight[1], weight[2] * weight[3]);
        var places = new WindowPlaces(window, ChannelsFirst(image), gradient.Shape[2], gradient.Shape[3]);
        var count = image.Shape[0] * gradient.Shape[2] * gradient.Shape[3];
        gradient = ChannelsFirst(gradient).Reshape(groups, outputs.Value / groups, count);
        Tensor products;
        if (groups == 1 && places.Tile(out var size)) products = Product(ChannelsFirst(size == 1 ? image : image.SpaceToDepth(size)), taps * inputs);
        else if (groups == 1 && (taps * inputs).Value <= MostThinChannels) products = Product(Tensor.Concat(0, [.. places.Under()]), taps * inputs);
        else return Tensor.Concat(0, [.. places.Under().Select(pixels => Product(pixels, inputs).Reshape(1, outputs, inputs))]).Transpose(1, 2, 0).Reshape([.. weight]);
        return products.Reshape(outputs, taps, inputs).Transpose(0, 2, 1).Reshape([.. weight]);

        Tensor Product(Tensor pixels, Dimension channels) => gradient.MatMul(pixels.Reshape(groups, channels, count).Swapped());     // [groups, out / groups, channels]
    }

    private static Tensor ChannelsFirst(Tensor image) => image.Transpose(1, 0, 2, 3);

    private static Window WindowOf(GradientStep node) => Window.Of(node.Draft, 2, [node[1].Shape[2].Value, node[1].Shape[3].Value]);
}
