using Karl.Graphs.Internals;

namespace Karl.Graphs;

public sealed partial class Tensor
{
    /// <summary>The hyperbolic tangent of every element.</summary>
    public Tensor Tanh() => Alone(Operator.Tanh);

    /// <summary>1 / (1 + e^-x) of every element.</summary>
    public Tensor Sigmoid() => Alone(Operator.Sigmoid);

    /// <summary>Every element, or zero where it is negative.</summary>
    public Tensor Relu() => Alone(Operator.Relu);

    /// <summary>The exact GELU, x/2 (1 + erf(x / sqrt 2)), not its tanh approximation.</summary>
    public Tensor Gelu() => Graph.Apply1(Operator.Gelu, new() { { "approximate", "none" } }, this);

    /// <summary>x sigmoid(x), also called SiLU; two nodes, which ONNX Runtime fuses.</summary>
    public Tensor Swish() => this * Sigmoid();

    /// <summary>Shares that sum to one along an axis; negative axes count from the end.</summary>
    public Tensor Softmax(int axis = -1) => Graph.Apply1(Operator.Softmax, new() { { "axis", (long)axis } }, this);

    /// <summary>The logarithm of <see cref="Softmax"/>.</summary>
    public Tensor LogSoftmax(int axis = -1) => Graph.Apply1(Operator.LogSoftmax, new() { { "axis", (long)axis } }, this);

    /// <summary>
    /// How unlikely the right classes are: minus <see cref="LogSoftmax"/> over the last axis at <paramref name="classes"/>; logits <c>[..., classes]</c>
    /// and int64 <c>[...]</c> give <c>[...]</c>, in nats.
    /// </summary>
    public Tensor CrossEntropy(Tensor classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return -LogSoftmax().GatherElements(classes.Unsqueeze(-1), -1).Squeeze(-1);
    }
}

internal static class ActivationRules
{
    public static TensorFacts[] AlongAxis(NodeDraft node)
    {
        node.RequireFloating(0);
        node.Axis(node.Attributes.Integer("axis", -1), node[0].Rank);
        return [new(node[0].Type, node[0].Shape)];
    }
}
