using Karl.Graphs;

namespace Karl.Networks.Internals;

/// <summary>What the pixel encoders and decoders of both base tokenizers are made of, on maps <c>[batch, channels, height, width]</c>.</summary>
internal static class PixelLayers
{
    /// <summary>Groups of channels that are normalized together.</summary>
    public const int NormalizationGroups = 32;

    /// <summary>Group normalization (epsilon 1e-6) with weights <c>name.weight</c> and <c>name.bias</c>.</summary>
    public static Tensor GroupNormalized(this Tensor map, string name)
    {
        var graph = map.Graph;
        return map.GroupNormalization(NormalizationGroups, graph.Parameter(name + ".weight", map.Shape[1]), graph.Parameter(name + ".bias", map.Shape[1]));
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
    /// Each output pixel sees at most 2 x 2 different input pixels, so each of the four places in a block gets a 2 x 2 convolution of the
    /// small map whose weights are sums of the 3 x 3 ones: 16 multiplications in place of 36.
    /// </remarks>
    public static Tensor UpsampledConvolved(this Tensor map, string name)
    {
        var graph = map.Graph;
        var channels = map.Shape[1];
        var weight = graph.Parameter(name + ".weight", channels, channels, 3, 3);
        var bias = graph.Parameter(name + ".bias", channels);
        var places = new List<Tensor>();
        foreach (var row in new[] { 0, 1 })
        {
            foreach (var column in new[] { 0, 1 })
            {
                var kernel = Halved(Halved(weight, 2, row), 3, column);     // [out, in, 2, 2]
                places.Add(map.Convolution(kernel, bias, padding: new Padding(1 - row, 1 - column, row, column)));
            }
        }
        return Tensor.Concat(1, [.. places]).DepthToSpace(2);               // [batch, out, 2 height, 2 width]
    }

    /// <summary>Adds up the two taps of an axis that fall on the same input pixel at an even (0) or odd (1) place.</summary>
    private static Tensor Halved(Tensor weight, int axis, int place)
    {
        var taps = weight.Split(axis, 1, 1, 1);
        return place == 0 ? Tensor.Concat(axis, taps[0], taps[1] + taps[2]) : Tensor.Concat(axis, taps[0] + taps[1], taps[2]);
    }
}
