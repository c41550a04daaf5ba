using Karl.Graphs.Internals;

namespace Karl.Graphs.GradientRules;

internal static class ElementwiseGradients
{
    public static Dictionary<Operator, GradientRule> Rules { get; } = new()
    {
        [Operator.Add] = GradientRule.Elementwise((gradient, _) => gradient, (gradient, _) => gradient),
        [Operator.Subtract] = GradientRule.Elementwise((gradient, _) => gradient, (gradient, node) => -gradient.Fitted(node[1].Shape)),
        [Operator.Multiply] = GradientRule.Elementwise((gradient, node) => Factor(gradient, node, 0), (gradient, node) => Factor(gradient, node, 1)),
        [Operator.Divide] = GradientRule.Elementwise((gradient, node) => gradient / node[1], (gradient, node) => -(gradient * node.Output).Fitted(node[1].Shape) / node[1]),
        [Operator.Pow] = GradientRule.Elementwise(Base, Exponent),
        [Operator.Min] = GradientRule.Elementwise(
            (gradient, node) => node[0].LessOrEqual(node[1]).Where(gradient, node.Output.Like(0)),
            (gradient, node) => node[1].Less(node[0]).Where(gradient, node.Output.Like(0))),
        [Operator.Max] = GradientRule.Elementwise(
            (gradient, node) => node[0].GreaterOrEqual(node[1]).Where(gradient, node.Output.Like(0)),
            (gradient, node) => node[1].Greater(node[0]).Where(gradient, node.Output.Like(0))),
        [Operator.Negate] = GradientRule.Elementwise((gradient, _) => -gradient),
        [Operator.Abs] = GradientRule.Elementwise((gradient, node) => gradient * node[0].Sign()),
        [Operator.Sqrt] = GradientRule.Elementwise((gradient, node) => gradient * 0.5 / node.Output),
        [Operator.Exp] = GradientRule.Elementwise((gradient, node) => gradient * node.Output),
        [Operator.Log] = GradientRule.Elementwise((gradient, node) => gradient / node[0]),
        [Operator.Reciprocal] = GradientRule.Elementwise((gradient, node) => -gradient * node.Output * node.Output),
        [Operator.Erf] = GradientRule.Elementwise((gradient, node) => gradient * ((-node[0] * node[0]).Exp() * (2 / Math.Sqrt(Math.PI)))),
        [Operator.Clip] = GradientRule.Elementwise(
            Inside,
            (gradient, node) => node[0].Less(node[1]).Where(gradient, node.Output.Like(0)),
            (gradient, node) => node[0].Greater(node[2]).Where(gradient, node.Output.Like(0))),
    };

    /// <summary>
    /// The gradient times the other factor. In x sigmoid(x) all of it goes to x at once, as y + s (1 - y) with s the sigmoid and y the product: four walks through memory in
    /// place of six.
    /// </summary>
    private static Tensor? Factor(Tensor gradient, GradientStep node, int index)
    {
        var other = 1 - index;
        if (IsSigmoid(node, other)) return gradient * (node.Output + node[other] * (1 - node.Output));
        return IsSigmoid(node, index) ? null : gradient * node[other];
    }

    /// <summary>Whether a factor is the sigmoid of the other one, and a step on the way to it alone.</summary>
    private static bool IsSigmoid(GradientStep node, int index) =>
        node[index].Producer is { Operator: Operator.Sigmoid } sigmoid && sigmoid.Inputs[0] == node[1 - index] && !node.IsAskedFor(index);

    private static Tensor Base(Tensor gradient, GradientStep node)
    {
        var (value, exponent) = (node[0], node[1]);
        if (exponent.Data is { ElementCount: 1 } data)
        {
            var number = Number(data);
            if (number == 2) return gradient * 2 * value;
            if (number == 0.5) return gradient * 0.5 / node.Output;
        }
        exponent = exponent.Cast(value.Type);
        return gradient * (exponent * value.Pow(exponent - 1));
    }

    private static Tensor Exponent(Tensor gradient, GradientStep node) => gradient * node.Output * node[0].Log().Cast(node[1].Type);

    private static Tensor Inside(Tensor gradient, GradientStep node)
    {
        var low = node.Inputs.Count > 1 && node.Inputs[1] is { } minimum ? node[0].GreaterOrEqual(minimum) : null;
        var high = node.Inputs.Count > 2 && node.Inputs[2] is { } maximum ? node[0].LessOrEqual(maximum) : null;
        var inside = low is null ? high : high is null ? low : low.And(high);
        return inside is null ? gradient : inside.Where(gradient, node.Output.Like(0));
    }

    private static double Number(TensorData data) => data.Type switch
    {
        ElementType.Float32 => data.AsSpan<float>()[0],
        ElementType.Float64 => data.AsSpan<double>()[0],
        ElementType.Float16 => (double)data.AsSpan<Half>()[0],
        ElementType.Int32 => data.AsSpan<int>()[0],
        ElementType.Int64 => data.AsSpan<long>()[0],
        _ => double.NaN,
    };
}
