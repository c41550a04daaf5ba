using Karl.Graphs.Internals;

namespace Karl.Graphs.GradientRules;

internal static class PoolingGradients
{
    public static Dictionary<Operator, GradientRule> Rules { get; } = new()
    {
        [Operator.AveragePool] = GradientRule.PerInput(Average),
        [Operator.MaxPool] = GradientRule.PerInput(Max),
        [Operator.Resize] = GradientRule.PerInput(Resize),
        [Operator.DepthToSpace] = GradientRule.PerInput(DepthToSpace),
        [Operator.SpaceToDepth] = GradientRule.PerInput((gradient, node) => gradient.DepthToSpace((int)node.Attributes.Integer("blocksize", 1))),
    };

    /// <summary>To each pixel, from each window over it, one part in as many as there are pixels (not padding) in the window.</summary>
    private static Tensor Average(Tensor gradient, GradientStep node)
    {
        if (node.Attributes.Integer("count_include_pad", 0) != 0) throw node.Unsupported("padding is counted in its means");
        var places = WindowPlaces.Of(node, node.Attributes.Integers("kernel_shape", []));
        if (places.Tile(out var size)) return (gradient / (size * size)).ResizeNearest(size);
        var part = gradient / places.Counts(gradient.Type);
        return places.Back(_ => part);
    }

    /// <summary>To the greatest pixel of each window; where several are, each gets an equal part.</summary>
    private static Tensor Max(Tensor gradient, GradientStep node)
    {
        var (image, greatest) = (node[0], node.Output);
        var places = WindowPlaces.Of(node, node.Attributes.Integers("kernel_shape", []));
        if (places.Tile(out var size))
        {
            var isGreatest = image.EqualTo(greatest.ResizeNearest(size)).Cast(gradient.Type);
            return isGreatest * (gradient / (isGreatest.AveragePool(size) * (size * size))).ResizeNearest(size);
        }
        var chosen = places.Under(double.NegativeInfinity).Select(pixels => pixels.EqualTo(greatest).Cast(gradient.Type)).ToArray();
        var part = gradient / chosen.Aggregate((sum, next) => sum + next);
        return places.Back(tap => chosen[tap] * part);
    }

    /// <summary>The sum over all repetitions of a pixel.</summary>
    private static Tensor Resize(Tensor gradient, GradientStep node)
    {
        var factors = node[2].Data!.AsSpan<float>().ToArray().Select(factor => (long)factor).ToArray();
        if (node.Attributes.Text("mode", "nearest") != "nearest" || node.Attributes.Text("coordinate_transformation_mode", "half_pixel") != "asymmetric")
        {
            throw node.Unsupported("it does more than repeat pixels; wanted nearest neighbours, asymmetric");
        }
        if (factors is [1, 1, var height, var width] && height == width) return gradient.AveragePool((int)height) * (height * width);
        var apart = node[0].Shape.SelectMany((length, axis) => new[] { length, factors[axis] }).ToArray();
        return gradient.Reshape(apart).ReduceSum([.. Enumerable.Range(0, factors.Length).Select(axis => 2 * axis + 1)]);
    }

    private static Tensor DepthToSpace(Tensor gradient, GradientStep node)
    {
        var block = node.Attributes.Integer("blocksize", 1);
        if (node.Attributes.Text("mode", "DCR") == "DCR") return gradient.SpaceToDepth((int)block);
        var shape = node[0].Shape;
        return gradient
            .Reshape(shape[0], gradient.Shape[1], shape[2], block, shape[3], block)
            .Transpose(0, 1, 3, 5, 2, 4)
            .Reshape([.. shape]);
    }
}
