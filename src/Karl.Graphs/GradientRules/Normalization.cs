using Karl.Graphs.Internals;

namespace Karl.Graphs.GradientRules;

internal static class NormalizationGradients
{
    public static Dictionary<Operator, GradientRule> Rules { get; } = new()
    {
        [Operator.LayerNormalization] = GradientRule.Whole(Layer),
        [Operator.InstanceNormalization] = GradientRule.Whole(Instance),
    };

    /// <summary>With n = (x - mean) / deviation and g the gradient times the scale, x gets (g - mean(g) - n mean(g n)) / deviation, the scale the sum of what it multiplies.</summary>
    private static Tensor?[] Layer(GradientStep node)
    {
        int[] axes = [.. Enumerable.Range(node.Axis("axis", -1, node[0].Rank), node[0].Rank - node.Axis("axis", -1, node[0].Rank))];
        if (!node.Wants(0) && !node.Wants(1)) return [null, null, node.Gradient];
        var (normal, inverse) = Normalized(node[0], axes, node);
        return [node.Wants(0) ? Input() : null, node.Wants(1) ? node.Gradient * normal : null, node.Wants(2) ? node.Gradient : null];

        Tensor Input()
        {
            var gradient = node.Gradient * node[1];
            return (gradient - gradient.ReduceMean(axes, keepDimensions: true) - normal * (gradient * normal).ReduceMean(axes, keepDimensions: true)) * inverse;
        }
    }

    /// <summary>The same over all places of a map, with one scale for each channel.</summary>
    private static Tensor?[] Instance(GradientStep node)
    {
        int[] axes = [.. Enumerable.Range(2, node[0].Rank - 2)];
        var bias = node.Wants(2) ? node.Gradient.ReduceSum([0, .. axes]) : null;
        if (!node.Wants(0) && !node.Wants(1)) return [null, null, bias];
        var (normal, inverse) = Normalized(node[0], axes, node);
        var products = node.Gradient * normal;
        return [node.Wants(0) ? Input() : null, node.Wants(1) ? products.ReduceSum([0, .. axes]) : null, bias];

        Tensor Input()
        {
            var means = node.Gradient.ReduceMean(axes, keepDimensions: true);
            var scale = node[1].Reshape([-1, .. axes.Select(_ => (Dimension)1)]);
            return (node.Gradient - means - normal * products.ReduceMean(axes, keepDimensions: true)) * (inverse * scale);
        }
    }

    /// <summary>Mean 0 and deviation 1 along axes, and one over the deviation; from centered numbers, so that it holds far from zero too.</summary>
    private static (Tensor Normal, Tensor Inverse) Normalized(Tensor tensor, int[] axes, GradientStep node)
    {
        var centered = tensor - tensor.ReduceMean(axes, keepDimensions: true);
        var variance = (centered * centered).ReduceMean(axes, keepDimensions: true);
        var inverse = 1 / (variance + node.Attributes.Number("epsilon", 1e-5f)).Sqrt();
        return (centered * inverse, inverse);
    }
}
