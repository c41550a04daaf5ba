using System.Text.RegularExpressions;
using Karl.Graphs.Onnx;
using Karl.Testing;

namespace Karl.Graphs.Tests.Operators;

/// <summary>Every line of every <c>...Cases</c> file: ONNX Runtime against the slow reference, declared against found shapes, and through a file and back.</summary>
[TestClass]
public sealed class OperatorTests
{
    private static readonly Dictionary<string, OperatorCase> Cases = new OperatorCase[][]
    {
        ElementwiseCases.All, ActivationCases.All, ComparisonCases.All, MatrixProductCases.All, ConvolutionCases.All, PoolingCases.All, NormalizationCases.All,
        ReductionCases.All, ShapingCases.All, JoiningCases.All, IndexingCases.All, AttentionCases.All, QuantizationCases.All,
    }.SelectMany(cases => cases).ToDictionary(line => line.ToString());

    public static IEnumerable<object[]> CaseNames => Cases.Keys.Select(name => new object[] { name });

    public static IEnumerable<object[]> Operators => Enum.GetValues<Operator>().Select(value => new object[] { value });

    [TestMethod]
    [DynamicData(nameof(Operators))]
    public void EveryOperator_HasALine(Operator @operator) =>
        Assert.IsTrue(Cases.Values.Any(line => line.Operator == @operator), $"No test of {@operator} is written down in test/Karl.Graphs.Tests/Operators.");

    [TestMethod]
    [DynamicData(nameof(CaseNames))]
    public void Operator_InOnnxRuntime_GivesTheReference(string name)
    {
        var line = Cases[name];
        var (graph, inputs) = Build(line);
        Assert.Contains(line.Operator, graph.Nodes.Select(node => node.Operator));
        var output = graph.Outputs[0];

        var result = OnnxRun.Run(graph, inputs.Data)["result"];

        Assert.AreEqual(output.Type, result.Type);
        Assert.AreEqual(output.Shape, Shape.Of(result.Shape));
        TensorAssert.AreClose(line.Reference(inputs.Values).ToData(result.Type), result, line.Tolerance);
    }

    [TestMethod]
    [DynamicData(nameof(CaseNames))]
    public void Operator_WrittenAndRead_IsTheSame(string name)
    {
        var (graph, _) = Build(Cases[name]);
        var bytes = OnnxWriter.ToBytes(graph);

        var read = OnnxReader.Read(bytes).Graph;

        CollectionAssert.AreEqual(bytes, OnnxWriter.ToBytes(read));
        Assert.AreEqual(AsInFiles(graph.ToString()), read.ToString());
    }

    /// <summary>ONNX has no words for <c>StopGradient</c> and <c>StraightThrough</c>, and says nothing of optional inputs left out at the end.</summary>
    private static string AsInFiles(string printed)
    {
        printed = printed.Replace("StopGradient", "Identity", StringComparison.Ordinal);
        printed = Regex.Replace(printed, @"StraightThrough\((\w+), \w+\)", "Identity($1)");
        while (printed.Contains(", none)", StringComparison.Ordinal)) printed = printed.Replace(", none)", ")", StringComparison.Ordinal);
        return printed;
    }

    private static (Graph Graph, CaseInputs Inputs) Build(OperatorCase line)
    {
        var graph = new Graph("case");
        var inputs = new CaseInputs(graph);
        graph.Output("result", line.Build(inputs));
        return (graph, inputs);
    }
}
