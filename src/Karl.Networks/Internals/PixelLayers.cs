using Karl.Graphs;

namespace Karl.Networks.Internals;

/// <summary>What the pixel encoders and decoders of both base tokenizers are made of, on maps <c>[batch, channels, height, width]</c>.</summary>
internal static class PixelLayers
{
    /// <summary>Groups of channels that are normalized together, as published.</summary>
    public const int NormalizationGroups = 32;

    /// <summary>Group normalization (epsilon 1e-6) with weights <c>name.weight</c> and <c>name.bias</c>.</summary>
    public static Tensor GroupNormalized(this Tensor map, string name, int groups = NormalizationGroups)
    {
        var graph = map.Graph;
        return map.GroupNormalization(groups, graph.Parameter(name + ".weight", map.Shape[1]), graph.Parameter(name + ".bias", map.Shape[1]));
    }

    /// <summary>Convolution with weight <c>name.weight</c> and, where there is one, <c>name.bias</c>; padded so that stride 1 keeps the size.</summary>
    public static Tensor Convolved(this Tensor map, string name, int channels, int kernel = 3, bool bias = true)
    {
        var graph = map.Graph;
        return map.Convolution(
            graph.Parameter(name + ".weight", channels, map.Shape[1], kernel, kernel),
            bias ? graph.Parameter(name + ".bias", channels) : null,
            padding: kernel / 2);
    }

    /// <summary>
    /// Every pixel twice along both axes, then a 3 x 3 convolution: <c>[batch, in, height, width]</c> to <c>[batch, out, 2 height, 2 width]</c>.
    /// </summary>
    /// <remarks>
    /// Each output pixel sees at most 2 x 2 different input pixels, so one 2 x 2 convolution of the small map computes all four places of a block
    /// with sums of the 3 x 3 weights: 16 multiplications in place of 36. The convolution's windows begin one pixel before the map, so its
    /// blocks are the wanted ones moved by one pixel, and a rim of one pixel is cut off.
    /// </remarks>
    public static Tensor UpsampledConvolved(this Tensor map, string name)
    {
        var graph = map.Graph;
        var channels = map.Shape[1];
        var weight = graph.Parameter(name + ".weight", channels, channels, 3, 3);
        var bias = graph.Parameter(name + ".bias", channels);
        Tensor[] kernels =
        [
            Halved(Halved(weight, 2, odd: true), 3, odd: true), Halved(Halved(weight, 2, odd: true), 3, odd: false),
            Halved(Halved(weight, 2, odd: false), 3, odd: true), Halved(Halved(weight, 2, odd: false), 3, odd: false),
        ];
        return map.Convolution(Tensor.Concat(0, kernels), Tensor.Concat(0, bias, bias, bias, bias), padding: 1)     // [batch, 4 out, height + 1, width + 1]
            .DepthToSpace(2)                                                                                        // [batch, out, 2 height + 2, 2 width + 2]
            .Inner();
    }

    /// <summary>Cuts a rim of one pixel off: one node, so that the map is copied once.</summary>
    private static Tensor Inner(this Tensor map)
    {
        var graph = map.Graph;
        return graph.Apply(Operator.Slice, [map, graph.Integers(1, 1), graph.Integers(-1, -1), graph.Integers(2, 3)])[0];
    }

    /// <summary>Adds up the two taps of an axis that fall on the same input pixel, at the odd or the even places of the large map.</summary>
    private static Tensor Halved(Tensor weight, int axis, bool odd)
    {
        var taps = weight.Split(axis, 1, 1, 1);
        return odd ? Tensor.Concat(axis, taps[0] + taps[1], taps[2]) : Tensor.Concat(axis, taps[0], taps[1] + taps[2]);
    }
}
