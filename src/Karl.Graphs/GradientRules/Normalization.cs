using Karl.Graphs.Internals;

namespace Karl.Graphs.GradientRules;

internal static class NormalizationGradients
{
    public static Dictionary<Operator, GradientRule> Rules { get; } = new()
    {
        [Operator.LayerNormalization] = GradientRule.Whole(Layer),
        [Operator.InstanceNormalization] = GradientRule.Whole(Instance),
    };

    /// <summary>
    /// With c = x - mean, r = 1 / deviation and g the gradient: the scale gets the sum of g c r, x gets r (g scale - mean(g scale) - c r² mean(g scale c)).
    /// Means and sums that have the scale or r as a factor are products with a vector, which read their matrix once.
    /// </summary>
    private static Tensor?[] Layer(GradientStep node)
    {
        var axis = node.Axis("axis", -1, node[0].Rank);
        var width = new Shape(node[0].Shape.Skip(axis)).ElementCount.Value;
        var gradient = node.Gradient.Reshape(-1, width);                                        // [rows, width]
        if (!node.Wants(0) && !node.Wants(1)) return [null, null, Bias()];
        var scale = node[1].Reshape(width, 1);
        var (centered, inverse) = Normalized(node[0].Reshape(-1, width), node);
        var products = gradient * centered;
        return [node.Wants(0) ? Input() : null, node.Wants(1) ? inverse.Swapped().MatMul(products).Reshape([.. node[1].Shape]) : null, Bias()];

        Tensor Input()
        {
            var mean = gradient.MatMul(scale) / width;                                          // [rows, 1]
            var slope = inverse * inverse * products.MatMul(scale) / width;
            return ((gradient * scale.Reshape(width) - mean - centered * slope) * inverse).Reshape([.. node[0].Shape]);
        }

        Tensor? Bias() => node.Wants(2) ? gradient.ReduceSum([0]).Reshape([.. node[2].Shape]) : null;
    }

    /// <summary>The same with one scale per channel, and so a factor of the sums.</summary>
    private static Tensor?[] Instance(GradientStep node)
    {
        var shape = node[0].Shape;
        var gradient = node.Gradient.Reshape(shape[0], shape[1], -1);                           // [batch, channels, places]
        var sums = gradient.ReduceSum([2], keepDimensions: true);
        var bias = node.Wants(2) ? sums.ReduceSum([0, 2]) : null;
        if (!node.Wants(0) && !node.Wants(1)) return [null, null, bias];
        var (centered, inverse) = Normalized(node[0].Reshape(shape[0], shape[1], -1), node);
        var products = (gradient * centered).ReduceSum([2], keepDimensions: true);
        return [node.Wants(0) ? Input() : null, node.Wants(1) ? (products * inverse).ReduceSum([0, 2]) : null, bias];

        Tensor Input()
        {
            var places = node.Graph.LengthOf(gradient.Shape[2]).Cast(gradient.Type);
            var slope = inverse * inverse * products / places;
            return ((gradient - sums / places - centered * slope) * (inverse * node[1].Reshape(-1, 1))).Reshape([.. shape]);
        }
    }

    /// <summary>Rows less their mean, and one over their deviation.</summary>
    private static (Tensor Centered, Tensor Inverse) Normalized(Tensor rows, GradientStep node)
    {
        var centered = rows - rows.ReduceMean([-1], keepDimensions: true);
        var variance = (centered * centered).ReduceMean([-1], keepDimensions: true);
        return (centered, 1 / (variance + node.Attributes.Number("epsilon", 1e-5f)).Sqrt());
    }
}
