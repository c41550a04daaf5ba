using Karl.Graphs.Internals;

namespace Karl.Graphs.GradientRules;

internal static class ActivationGradients
{
    public static Dictionary<Operator, GradientRule> Rules { get; } = new()
    {
        [Operator.Tanh] = GradientRule.Elementwise((gradient, node) => gradient * (1 - node.Output * node.Output)),
        [Operator.Sigmoid] = GradientRule.Elementwise((gradient, node) => gradient * (node.Output * (1 - node.Output))),
        [Operator.Relu] = GradientRule.Elementwise((gradient, node) => node.Output.Greater(0).Where(gradient, node.Output.Like(0))),
        [Operator.Gelu] = GradientRule.Elementwise(Gelu),
        [Operator.Softmax] = GradientRule.PerInput((gradient, node) => node.Output * (gradient - (gradient * node.Output).ReduceSum([Axis(node)], keepDimensions: true))),
        [Operator.LogSoftmax] = GradientRule.PerInput((gradient, node) => gradient - node.Output.Exp() * gradient.ReduceSum([Axis(node)], keepDimensions: true)),
    };

    /// <summary>
    /// The share of the normal distribution below x plus x times its density there. With u = x / sqrt 2 that is (1 + erf u + 2 / sqrt pi * u e^(-u²)) / 2,
    /// whose factors are drawn into the exponent and the gradient, because every node is a walk through memory.
    /// </summary>
    private static Tensor Gelu(Tensor gradient, GradientStep node)
    {
        if (node.Attributes.Text("approximate", "none") != "none") throw node.Unsupported("it is an approximation; wanted the exact GELU");
        var scaled = node[0] * Math.Sqrt(0.5);
        var density = (Math.Log(2 / Math.Sqrt(Math.PI)) - scaled * scaled).Exp();
        return gradient * 0.5 * (scaled.Erf() + scaled * density + 1);
    }

    private static int Axis(GradientStep node) => node.Axis("axis", -1, node.Output.Rank);
}
