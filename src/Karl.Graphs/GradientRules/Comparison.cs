using Karl.Graphs.Internals;

namespace Karl.Graphs.GradientRules;

internal static class ComparisonGradients
{
    public static Dictionary<Operator, GradientRule> Rules { get; } = new()
    {
        [Operator.Where] = GradientRule.Elementwise(
            (_, _) => null,
            (gradient, node) => node[0].Where(gradient, node.Output.Like(0)),
            (gradient, node) => node[0].Where(node.Output.Like(0), gradient)),
        [Operator.Cast] = GradientRule.Elementwise((gradient, node) => gradient.Cast(node[0].Type)),
    };
}
