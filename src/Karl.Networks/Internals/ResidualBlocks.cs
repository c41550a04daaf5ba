using Karl.Graphs;

namespace Karl.Networks.Internals;

/// <summary>The two kinds of residual block; they differ in what the shortcut is applied to.</summary>
internal static class ResidualBlocks
{
    /// <summary>
    /// MaskGIT's: convolutions without bias; where channels change, the 1 x 1 shortcut is applied to the main branch's own output h,
    /// so the block returns h + shortcut(h). That is one convolution with other weights, and is written as one.
    /// </summary>
    public static Tensor MaskGitBlock(this Tensor map, string name, int channels, int groups = PixelLayers.NormalizationGroups)
    {
        var graph = map.Graph;
        using (graph.Scope(name))
        {
            var inner = map.GroupNormalized("first_norm", groups).Swish().Convolved("first", channels, bias: false).GroupNormalized("second_norm", groups).Swish();
            if (map.Shape[1] == channels) return map + inner.Convolved("second", channels, bias: false);
            var weight = graph.Parameter("second.weight", channels, channels, 3, 3);
            var shortcut = graph.Parameter("shortcut.weight", channels, channels, 1, 1).Reshape(channels, channels);
            var shortened = shortcut.MatMul(weight.Reshape(channels, channels * 9)).Reshape(channels, channels, 3, 3);
            return inner.Convolution(weight + shortened, padding: 1);
        }
    }

    /// <summary>Latent diffusion's: convolutions with bias; where channels change, a 1 x 1 shortcut on the input.</summary>
    public static Tensor DiffusionBlock(this Tensor map, string name, int channels, int groups = PixelLayers.NormalizationGroups)
    {
        using (map.Graph.Scope(name))
        {
            var inner = map.GroupNormalized("first_norm", groups).Swish().Convolved("first", channels)
                .GroupNormalized("second_norm", groups).Swish().Convolved("second", channels);
            return (map.Shape[1] == channels ? map : map.Convolved("shortcut", channels, kernel: 1)) + inner;
        }
    }

    /// <summary>Attention between all places of a map, one head, added to the map.</summary>
    public static Tensor DiffusionAttention(this Tensor map, string name, int groups = PixelLayers.NormalizationGroups)
    {
        using (map.Graph.Scope(name))
        {
            var channels = (int)map.Shape[1].Value;
            var normal = map.GroupNormalized("norm", groups);
            var mixed = Rows(normal.Convolved("query", channels, kernel: 1))
                .Attention(Rows(normal.Convolved("key", channels, kernel: 1)), Rows(normal.Convolved("value", channels, kernel: 1)), headCount: 1);
            return map + mixed.Transpose(0, 2, 1).Reshape([.. map.Shape]).Convolved("output", channels, kernel: 1);
        }
    }

    /// <summary><c>[batch, channels, height, width]</c> to <c>[batch, height * width, channels]</c>, row after row.</summary>
    public static Tensor Rows(this Tensor map) =>
        map.Reshape(map.Shape[0], map.Shape[1], map.Shape[2] * map.Shape[3]).Transpose(0, 2, 1);

    /// <summary><c>[batch, size * size, channels]</c> to <c>[batch, channels, size, size]</c>, the inverse of <see cref="Rows"/>.</summary>
    public static Tensor Map(this Tensor rows, int size) =>
        rows.Transpose(0, 2, 1).Reshape(rows.Shape[0], rows.Shape[2], size, size);
}
