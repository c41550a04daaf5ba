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
    public Tensor GroupNormalization(int groups, Tensor scale, Tensor bias, float epsilon = 1e-6f)
    {
        ArgumentNullException.ThrowIfNull(scale);
        ArgumentNullException.ThrowIfNull(bias);
        var ones = Graph.Floats([.. Enumerable.Repeat(1f, groups)]).Cast(Type);
        var zeros = Graph.Floats(new float[groups]).Cast(Type);
        var perChannel = new Dimension[] { Shape[1] }.Concat(Enumerable.Repeat((Dimension)1, Rank - 2)).ToArray();
        return Reshape(Shape[0], groups, -1)                                // [batch, groups, channels / groups * height * width]
            .InstanceNormalization(ones, zeros, epsilon)
            .Reshape([.. Shape])                                            // [batch, channels, height, width]
            * scale.Reshape(perChannel) + bias.Reshape(perChannel);
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
