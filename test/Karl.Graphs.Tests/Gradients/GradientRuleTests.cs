using Karl.Graphs.GradientRules;

namespace Karl.Graphs.Tests.Gradients;

/// <summary>Every line of every <c>...Gradients</c> file of this folder against central differences; the operators come from the table of rules.</summary>
[TestClass]
public sealed class GradientRuleTests
{
    private static readonly Dictionary<string, GradientCase> Cases = new GradientCase[][]
    {
        ElementwiseGradientCases.All, ActivationGradientCases.All, ComparisonGradientCases.All, MatrixProductGradientCases.All, ConvolutionGradientCases.All, PoolingGradientCases.All,
        NormalizationGradientCases.All, ReductionGradientCases.All, ShapingGradientCases.All, JoiningGradientCases.All, IndexingGradientCases.All, AttentionGradientCases.All,
    }.SelectMany(cases => cases).ToDictionary(line => line.ToString());

    public static IEnumerable<object[]> CaseNames => Cases.Keys.Select(name => new object[] { name });

    public static IEnumerable<object[]> Operators => GradientTable.Operators.Select(value => new object[] { value });

    [TestMethod]
    [DynamicData(nameof(Operators))]
    public void EveryRule_HasALine(Operator @operator) =>
        Assert.IsTrue(Cases.Values.Any(line => line.Operator == @operator), $"No test of the gradient of {@operator} is written down in test/Karl.Graphs.Tests/Gradients.");

    [TestMethod]
    [DynamicData(nameof(CaseNames))]
    public void Rule_AgainstCentralDifferences_Agrees(string name)
    {
        var line = Cases[name];

        var operators = GradientCheck.Run(line.Build, line.Type);

        Assert.Contains(line.Operator, operators);
    }
}
