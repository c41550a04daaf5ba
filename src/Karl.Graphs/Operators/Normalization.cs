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
    /// Mean and variance are taken in two steps, each over few numbers, and of centered values: ONNX Runtime's instance normalization adds up
    /// a whole map in float32, which costs three digits where an image is nearly flat (docs/numerics.md).
    /// </remarks>
    public Tensor GroupNormalization(int groups, Tensor scale, Tensor bias, float epsilon = 1e-6f)
    {
        ArgumentNullException.ThrowIfNull(scale);
        ArgumentNullException.ThrowIfNull(bias);
        var (batch, channels, width) = (Shape[0], Shape[1], Shape[-1]);
        var inGroup = channels.DivideExactly(groups) ?? throw new ArgumentException($"GroupNormalization of '{Name}': {channels} channels do not fall into {groups} groups.");
        var rows = Reshape(batch, groups, -1, width);                       // [batch, groups, channels / groups * height, width]
        var centered = rows - rows.ReduceMean([3], keepDimensions: true).ReduceMean([2], keepDimensions: true);
        var squares = centered.ReduceSumSquare([3], keepDimensions: true).ReduceSum([2], keepDimensions: true);
        var count = Shape.Skip(2).Aggregate(inGroup, (product, length) => product * length);
        var variance = count.IsFixed ? squares / count.Value : squares / Graph.LengthOf(count).Cast(Type);
        var factor = scale.Reshape(groups, inGroup, 1) / (variance + epsilon).Sqrt();                 // [batch, groups, channels / groups, 1]
        var perChannel = Enumerable.Repeat((Dimension)1, Rank - 2).Prepend(channels).ToArray();
        return centered.Reshape([.. Shape]) * factor.Reshape([batch, .. perChannel]) + bias.Reshape(perChannel);
    }

    /// <summary>Divides by the Euclidean length along an axis, or by <paramref name="epsilon"/> where that is greater (PyTorch's <c>normalize</c>).</summary>
    public Tensor L2Normalize(int axis = -1, double epsilon = 1e-12) =>
        this / (this * this).ReduceSum([axis], keepDimensions: true).Sqrt().Max(epsilon);
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
