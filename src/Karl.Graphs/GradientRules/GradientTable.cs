using System.Collections.Frozen;
using Karl.Graphs.Internals;

namespace Karl.Graphs.GradientRules;

/// <summary>Which rule passes an operator's gradient on; one file beside this for each file in <c>Operators/</c>.</summary>
internal static class GradientTable
{
    private static readonly FrozenDictionary<Operator, GradientRule> Rules = new[]
    {
        ElementwiseGradients.Rules, ActivationGradients.Rules, ComparisonGradients.Rules, MatrixProductGradients.Rules, ConvolutionGradients.Rules, PoolingGradients.Rules,
        NormalizationGradients.Rules, ReductionGradients.Rules, ShapingGradients.Rules, JoiningGradients.Rules, IndexingGradients.Rules, AttentionGradients.Rules,
    }.SelectMany(rules => rules).ToFrozenDictionary();

    /// <summary>The operators that have a rule.</summary>
    public static IEnumerable<Operator> Operators => Rules.Keys.Order();

    /// <summary>Whether an operator lets nothing flow back although its output is floating point: it is flat, or asked to.</summary>
    public static bool EndsAt(Operator @operator) => @operator is Operator.StopGradient or Operator.Floor or Operator.Round or Operator.Sign;

    /// <summary>Whether anything flows back to an input.</summary>
    public static bool Reaches(Operator @operator, int input) => @operator != Operator.StraightThrough || input == 1;

    /// <exception cref="NotSupportedException">There is none.</exception>
    public static GradientRule RuleOf(Node node) => Rules.GetValueOrDefault(node.Operator) ?? throw new NotSupportedException(
        $"{node.Operator} at '{node.Name}' has no gradient rule; write one in src/Karl.Graphs/GradientRules (docs/gradients.md), or keep the gradient from reaching it with StopGradient. Node: {node}");
}
