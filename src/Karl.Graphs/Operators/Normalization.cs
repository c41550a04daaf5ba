using Karl.Graphs.Internals;

namespace Karl.Graphs;

public sealed partial class Tensor
{
    /// <summary>Over the last axis: mean 0, deviation 1, then times <paramref name="scale"/> plus <paramref name="bias"/>, both <c>[width]</c>.</summary>
    public Tensor LayerNormalization(Tensor scale, Tensor? bias, float epsilon = 1e-5f) => Graph.Apply1(
        Operator.LayerNormalization,
        new() { { "axis", -1L }, { "epsilon", epsilon } },
        bias is null ? [this, scale] : [this, scale, bias]);

    /// <summary>Over all axes after the second, for each image and channel: mean 0, deviation 1, then times <paramref name="scale"/> plus <paramref name="bias"/>, both <c>[channels]</c>.</summary>
    public Tensor InstanceNormalization(Tensor scale, Tensor bias, float epsilon = 1e-5f) =>
        Graph.Apply1(Operator.InstanceNormalization, new() { { "epsilon", epsilon } }, this, scale, bias);

    /// <summary>
    /// For each image and group of channels of <c>[batch, channels, height, width]</c>: mean 0, deviation 1;
    /// then per channel times <paramref name="scale"/> plus <paramref name="bias"/>, both <c>[channels]</c>.
    /// </summary>
    /// <remarks>
    /// Mean and variance are taken in steps of few numbers each, and of centered values: ONNX Runtime adds up one number after the other in
    /// float32, which over a whole map costs three digits where an image is nearly flat (docs/numerics.md).
    /// </remarks>
    public Tensor GroupNormalization(int groups, Tensor scale, Tensor bias, float epsilon = 1e-6f)
    {
        ArgumentNullException.ThrowIfNull(scale);
        ArgumentNullException.ThrowIfNull(bias);
        var (batch, channels) = (Shape[0], Shape[1]);
        var inGroup = channels.DivideExactly(groups) ?? throw new ArgumentException($"GroupNormalization of '{Name}': {channels} channels do not fall into {groups} groups.");
        var groupLength = Shape.Skip(2).Aggregate(inGroup, (product, length) => product * length);
        var grouped = Reshape(batch, groups, groupLength);                   // [batch, groups, channels / groups * height * width]
        var centered = grouped - grouped.StepwiseMean(squared: false);
        var variance = centered.StepwiseMean(squared: true);                // [batch, groups, 1]
        var factor = scale.Reshape(groups, inGroup) / (variance + epsilon).Sqrt();      // [batch, groups, channels / groups]
        var perChannel = Enumerable.Repeat((Dimension)1, Rank - 2).Prepend(channels).ToArray();
        return centered.Reshape([.. Shape]) * factor.Reshape([batch, .. perChannel]) + bias.Reshape(perChannel);
    }

    /// <summary>The mean (of squares) over the last axis, kept as 1: means of at most 32 numbers, and means of these, where the length is known.</summary>
    private Tensor StepwiseMean(bool squared)
    {
        const int mostNumbers = 32;
        var outer = Shape.SkipLast(1).ToArray();
        var means = this;
        while (means.Shape[-1].IsFixed && means.Shape[-1].Value > mostNumbers)
        {
            var count = means.Shape[-1].Value;
            var step = Enumerable.Range(2, mostNumbers - 1).Reverse().Select(length => (long)length).FirstOrDefault(length => count % length == 0, count);
            var steps = means.Reshape([.. outer, count / step, step]);
            means = squared ? steps.ReduceSumSquare([-1]) / step : steps.ReduceMean([-1]);
            squared = false;
        }
        return (squared ? means * means : means).ReduceMean([-1], keepDimensions: true);
    }

    /// <summary>Divides by the Euclidean length along an axis, or by <paramref name="epsilon"/> where that is greater (PyTorch's <c>normalize</c>).</summary>
    /// <remarks>The bound is put on the square, so that the gradient is finite at vectors of zeros.</remarks>
    public Tensor L2Normalize(int axis = -1, double epsilon = 1e-12) =>
        this / (this * this).ReduceSum([axis], keepDimensions: true).Max(epsilon * epsilon).Sqrt();
}

internal static class NormalizationRules
{
    public static TensorFacts[] Layer(NodeDraft node)
    {
        node.RequireFloating(0);
        var shape = node[0].Shape;
        var axis = node.Axis(node.Attributes.Integer("axis", -1), shape.Rank);
        var width = new Shape(shape.Skip(axis));
        for (var index = 1; index < node.InputCount; index++)
        {
            node.RequireSameType(0, index);
            node.Require(node[index].Shape.Equals(width), $"scale and bias must be {width}");
        }
        return [new(node[0].Type, shape)];
    }

    public static TensorFacts[] Instance(NodeDraft node)
    {
        node.RequireFloating(0);
        node.RequireSameType(0, 1, 2);
        node.Require(node[0].Rank >= 3, "input 0 must have at least 3 axes, [batch, channels, ...]");
        var channels = new Shape(node[0].Shape[1]);
        node.Require(node[1].Shape.Equals(channels) && node[2].Shape.Equals(channels), $"scale and bias must be {channels}");
        return [new(node[0].Type, node[0].Shape)];
    }
}
