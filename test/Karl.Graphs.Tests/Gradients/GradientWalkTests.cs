using Karl.Graphs.Onnx;
using Karl.Testing;

namespace Karl.Graphs.Tests.Gradients;

/// <summary>What the walk does between the rules: which nodes it visits, sums, ends, errors.</summary>
[TestClass]
public sealed class GradientWalkTests
{
    private readonly Graph _graph = new("walk");
    private readonly Dictionary<string, TensorData> _data = [];

    [TestMethod]
    public void Gradients_TensorUsedSeveralTimes_AddsItsUses()
    {
        var x = Row("x", 1, 2, 3);
        var loss = (x * x + 5 * x + x.Exp() * 0).ReduceSum();

        CollectionAssert.AreEqual(new[] { 7f, 9f, 11f }, Gradient(loss, x));
    }

    [TestMethod]
    public void Gradients_SigmoidOfSwishAskedFor_GetsItsOwn()
    {
        var x = Row("x", 3, 3, 3);
        var sigmoid = x.Sigmoid();

        CollectionAssert.AreEqual(new[] { 3f, 3f, 3f }, Gradient((x * sigmoid).ReduceSum(), sigmoid));
    }

    [TestMethod]
    public void Gradients_ThroughStopGradient_TakeItForAConstant()
    {
        var x = Row("x", 1, 2, 3);
        var loss = (x * x.StopGradient()).ReduceSum();

        CollectionAssert.AreEqual(new[] { 1f, 2f, 3f }, Gradient(loss, x));
    }

    [TestMethod]
    public void Gradients_ThroughStraightThrough_GoToTheSecondOnly()
    {
        var (x, y) = (Row("x", 1.2f, 2.7f), Row("y", 0, 0));
        var rounded = Tensor.StraightThrough(x.Round(), y);
        var loss = (rounded * rounded).ReduceSum();

        CollectionAssert.AreEqual(new[] { 2f, 6f }, Gradient(loss, y));
        CollectionAssert.AreEqual(new[] { 0f, 0f }, Gradient(loss, x));
    }

    [TestMethod]
    public void StraightThrough_InAFile_KeepsNothingOfTheSecond()
    {
        var x = Row("x", 1.2f, 2.7f);
        _graph.Output("result", Tensor.StraightThrough(x.Round(), x.Exp().Sqrt()));

        var nodes = OnnxReader.Read(OnnxWriter.ToBytes(_graph)).Graph.Nodes;

        CollectionAssert.AreEqual(new[] { Operator.Round, Operator.Identity }, nodes.Select(node => node.Operator).ToArray());
    }

    [TestMethod]
    public void StraightThrough_InACopiedGraph_StillHasItsGradient()
    {
        var x = Row("x", 1.2f, 2.7f);
        _graph.Output("result", Tensor.StraightThrough(x.Round(), x * 3));

        var copy = _graph.Subgraph(["x"], ["result"]);
        copy.Output("gradient", copy.Gradients(copy["result"].ReduceSum(), copy["x"])[0]);

        CollectionAssert.AreEqual(new[] { 3f, 3f }, OnnxRun.Run(copy, _data)["gradient"].AsSpan<float>().ToArray());
    }

    [TestMethod]
    [DataRow("unused")]
    [DataRow("floor")]
    [DataRow("round")]
    [DataRow("sign")]
    [DataRow("place")]
    [DataRow("comparison")]
    [DataRow("integers")]
    public void Gradients_WhereNothingFlowsBack_AreZeros(string way)
    {
        var (x, other) = (Row("x", 1, 2, 3), Row("other", 4, 5, 6));
        var used = way switch
        {
            "floor" => x.Floor(),
            "round" => x.Round(),
            "sign" => x.Sign(),
            "place" => other.Gather(x.ArgMax(0, keepDimensions: true)),
            "comparison" => x.Greater(2).Where(other, other * 2),
            "integers" => x.Cast(ElementType.Int64).Cast(ElementType.Float32),
            _ => other,
        };

        CollectionAssert.AreEqual(new[] { 0f, 0f, 0f }, Gradient((used * other.Slice(0, 0, 1)).ReduceSum(), x));
    }

    [TestMethod]
    public void Gradients_OfLossThatIsWanted_AreOne() => CollectionAssert.AreEqual(new[] { 1f }, Gradient(Row("x", 5), _graph["x"]));

    [TestMethod]
    public void Gradients_OfInputsWeightsConstantsAndResults_AreAllThere()
    {
        var x = Row("x", 1, 2);
        var weight = _graph.Parameter("weight", TensorData.From([3f, 4f], 2));
        var constant = _graph.Floats(5, 6);
        var result = x * weight;
        var loss = (result * constant).ReduceSum();

        var gradients = _graph.Gradients(loss, x, weight, constant, result);

        CollectionAssert.AreEqual(new[] { 15f, 24f }, Values(gradients[0]));
        CollectionAssert.AreEqual(new[] { 5f, 12f }, Values(gradients[1]));
        CollectionAssert.AreEqual(new[] { 3f, 8f }, Values(gradients[2]));
        CollectionAssert.AreEqual(new[] { 5f, 6f }, Values(gradients[3]));
    }

    [TestMethod]
    public void Gradients_OfGradients_AreTheSecondDerivative()
    {
        var x = Row("x", 1, 2, 3);
        var first = _graph.Gradients((x * x * x).ReduceSum(), x)[0];

        CollectionAssert.AreEqual(new[] { 6f, 12f, 18f }, Gradient(first.ReduceSum(), x));
    }

    [TestMethod]
    public void Gradients_ThatAreNotWanted_AddNoNodes()
    {
        var (image, weight) = (_graph.Input("image", ElementType.Float32, 1, 2, 4, 4), _graph.Input("weight", ElementType.Float32, 3, 2, 3, 3));
        var before = image.Convolution(weight).ReduceSum();
        var count = _graph.Nodes.Count;

        _graph.Gradients(before, image);

        Assert.IsFalse(_graph.Nodes.Skip(count).Any(node => node.Operator == Operator.MatMul), _graph.ToString());
    }

    [TestMethod]
    public void Gradients_OfLinearLayer_ComeInTheWeightsLayoutWithoutATranspose()
    {
        var (x, weight) = (_graph.Input("x", ElementType.Float32, "batch", 5, 3), _graph.Input("weight", ElementType.Float32, 4, 3));

        var gradient = _graph.Gradients(x.Linear(weight).ReduceSumSquare(), weight)[0];

        Assert.AreEqual(Operator.MatMul, gradient.Producer!.Operator);
    }

    [TestMethod]
    public void Gradients_WithSymbolicBatch_HoldForEverySize()
    {
        var x = _graph.Input("x", ElementType.Float32, "batch", 2);
        _graph.Output("gradient", _graph.Gradients((x * x).ReduceMean(), x)[0]);
        using var session = new OnnxSession(_graph);
        foreach (var batch in new[] { 1, 3 })
        {
            var ones = TensorData.From(Enumerable.Repeat(1f, 2 * batch).ToArray(), batch, 2);

            var gradient = session.Run(new Dictionary<string, TensorData> { ["x"] = ones })["gradient"];

            TensorAssert.AreClose(TensorData.From(Enumerable.Repeat(1f / batch, 2 * batch).ToArray(), batch, 2), gradient, 1e-6);
        }
    }

    [TestMethod]
    public void Gradients_OfTheSameGraph_AreTheSameGraph()
    {
        Assert.AreEqual(Text(), Text());

        static string Text()
        {
            var graph = new Graph("same");
            var inputs = new GradientInputs(graph, ElementType.Float32);
            var result = GradientNetworkTests.Network(inputs);
            graph.Gradients(result.ReduceMean(), inputs.Wanted);
            return graph.ToString();
        }
    }

    [TestMethod]
    public void Gradients_OfNodes_AreNamedAfterThem()
    {
        var x = Row("x", 1, 2);
        Tensor loss;
        using (_graph.Scope("loss")) loss = x.Exp().ReduceSum();

        _graph.Gradients(loss, x);

        Assert.IsNotNull(_graph.Find("gradient.loss.exp_0.multiply_0"), _graph.ToString());
    }

    [TestMethod]
    public void Gradients_ThroughOperatorWithoutRule_NameItAndItsNode()
    {
        var x = Row("x", 1, 2);
        var scale = _graph.Apply(Operator.DynamicQuantizeLinear, [x])[1];

        var error = Assert.ThrowsExactly<NotSupportedException>(() => _graph.Gradients(scale.Reshape().Named("quantized"), x));

        Assert.Contains("DynamicQuantizeLinear at 'dynamic_quantize_linear_0' has no gradient rule", error.Message);
    }

    [TestMethod]
    public void Gradients_ThroughSettingWithoutRule_SayWhatIsMissing()
    {
        var image = _graph.Input("image", ElementType.Float32, "batch", 2, "height", "width");
        var loss = image.Convolution(_graph.Parameter("weight", 3, 2, 3, 3), stride: 2).ReduceSum();

        var error = Assert.ThrowsExactly<NotSupportedException>(() => _graph.Gradients(loss, image));

        Assert.Contains("wanted a fixed height and width", error.Message);
    }

    [TestMethod]
    public void Gradients_OfSeveralNumbers_AreRefused()
    {
        var x = Row("x", 1, 2);

        var error = Assert.ThrowsExactly<ArgumentException>(() => _graph.Gradients(x * 2, x));

        Assert.Contains("is not a single floating-point number", error.Message);
    }

    [TestMethod]
    public void Gradients_OfIntegersOrForeignTensors_AreRefused()
    {
        var x = Row("x", 1, 2);
        var whole = _graph.Input("whole", ElementType.Int64, 2);
        var foreign = new Graph("other").Input("x", ElementType.Float32, 2);

        Assert.Contains("carries no gradient", Assert.ThrowsExactly<ArgumentException>(() => _graph.Gradients(x.ReduceSum(), whole)).Message);
        Assert.Contains("belongs to graph 'other'", Assert.ThrowsExactly<ArgumentException>(() => _graph.Gradients(x.ReduceSum(), foreign)).Message);
    }

    [TestMethod]
    public void L2Normalize_OfZeros_HasAFiniteGradient()
    {
        var x = Row("x", 3, 3, 3);

        Assert.IsTrue(Gradient((x.L2Normalize() * _graph.Floats(1, 2, 3)).ReduceSum(), x).All(float.IsFinite));
    }

    [TestMethod]
    public void LayerNormalization_OfEqualNumbersFarFromZero_HasAFiniteGradient()
    {
        var x = Row("x", 1000, 1000, 1000);
        var scale = _graph.Floats(1, 2, 3);

        Assert.IsTrue(Gradient((x.LayerNormalization(scale, null) * scale).ReduceSum(), x).All(value => Math.Abs(value) < 1e4));
    }

    [TestMethod]
    public void ReduceMax_OfEqualElements_SharesItsGradient()
    {
        var x = Row("x", 3, 1, 3, 3);

        TensorAssert.AreClose([1 / 3f, 0, 1 / 3f, 1 / 3f], Gradient(x.ReduceMax(), x), 1e-6);
    }

    private Tensor Row(string name, params float[] values)
    {
        _data.Add(name, TensorData.From(values, values.Length));
        return _graph.Input(name, ElementType.Float32, values.Length);
    }

    private float[] Gradient(Tensor loss, Tensor wanted) => Values(_graph.Gradients(loss, wanted)[0]);

    private float[] Values(Tensor tensor)
    {
        var name = $"gradient {_graph.Outputs.Count}";
        _graph.Output(name, tensor);
        return OnnxRun.Run(_graph, _data)[name].AsSpan<float>().ToArray();
    }
}
