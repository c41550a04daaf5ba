using Karl.Graphs.Onnx;
using Karl.Testing;

namespace Karl.Graphs.Tests.Onnx;

/// <summary>What other exporters write otherwise than <see cref="OnnxWriter"/>.</summary>
[TestClass]
public sealed class ForeignFileTests
{
    private static readonly TensorData X = TensorData.From([0f, 1, 2, 3, 4, 5], 2, 3);

    public static IEnumerable<object[]> Numbers =>
    [
        [ElementType.Float32, 1L, (Action<WireWriter>)(t => { t.Number(4, 1.5f); t.Number(4, -2); }), new[] { 1.5f, -2 }],
        [ElementType.Float32, 1L, (Action<WireWriter>)(t => t.Bytes(4, [0, 0, 192, 63, 0, 0, 0, 192])), new[] { 1.5f, -2 }],
        [ElementType.Float64, 11L, (Action<WireWriter>)(t => t.Bytes(10, [.. BitConverter.GetBytes(0.5), .. BitConverter.GetBytes(3.0)])), new[] { 0.5f, 3 }],
        [ElementType.Int64, 7L, (Action<WireWriter>)(t => { t.Integer(7, -1); t.Integer(7, 300); }), new[] { -1f, 300 }],
        [ElementType.Int64, 7L, (Action<WireWriter>)(t => t.Bytes(7, [5, 172, 2])), new[] { 5f, 300 }],
        [ElementType.Int32, 6L, (Action<WireWriter>)(t => { t.Integer(5, -7); t.Integer(5, 7); }), new[] { -7f, 7 }],
        [ElementType.Int8, 3L, (Action<WireWriter>)(t => { t.Integer(5, -128); t.Integer(5, 127); }), new[] { -128f, 127 }],
        [ElementType.UInt8, 2L, (Action<WireWriter>)(t => t.Bytes(5, [255, 1, 7])), new[] { 255f, 7 }],
        [ElementType.Boolean, 9L, (Action<WireWriter>)(t => t.Bytes(5, [1, 0])), new[] { 1f, 0 }],
        [ElementType.Float16, 10L, (Action<WireWriter>)(t => { t.Integer(5, 0x3C00); t.Integer(5, 0xC000); }), new[] { 1f, -2 }],
        [ElementType.Float16, 10L, (Action<WireWriter>)(t => t.Raw(0, 0x3C, 0, 0xC0)), new[] { 1f, -2 }],
    ];

    [TestMethod]
    [DynamicData(nameof(Numbers))]
    public void Weight_NumbersOneByOneOrPacked_AreRead(ElementType type, long number, object values, float[] expected)
    {
        var graph = OnnxReader.Read(HandMade.OneNode("Relu", graph: g => g.Weight("w", number, [2], (Action<WireWriter>)values))).Graph;

        Assert.AreEqual(type, graph["w"].Type);
        CollectionAssert.AreEqual(expected, TensorAssert.ToSingles(graph["w"].Data!));
    }

    [TestMethod]
    public void Weight_AmongTheInputs_IsNoInput()
    {
        var graph = OnnxReader.Read(HandMade.OneNode("Add", ["x", "w"], graph: g =>
        {
            g.Input("w", 1);
            g.Weight("w", 1, [1], t => t.Raw(0, 0, 128, 63));
        })).Graph;

        Assert.AreEqual("x", graph.Inputs.Single().Name);
        TensorAssert.AreClose(TensorData.From([1f, 2, 3, 4, 5, 6], 2, 3), Run(graph), 0);
    }

    [TestMethod]
    public void Shape_AsAWeight_IsKnownToTheRules()
    {
        var graph = OnnxReader.Read(HandMade.OneNode("Reshape", ["x", "shape"], graph: g => g.Weight("shape", 7, [2], t => t.Bytes(7, [3, 2])))).Graph;

        Assert.AreEqual("[3, 2]", graph["y"].Shape.ToString());
        Assert.AreEqual("float32 [3, 2]", Run(graph).ToString());
    }

    [TestMethod]
    public void Axes_AsAnAttribute_BecomeAnInput()
    {
        var graph = OnnxReader.Read(HandMade.OneNode("ReduceMean", more: n => { n.Integers("axes", -1); n.Integer("keepdims", 0); }, version: 13)).Graph;

        TensorAssert.AreClose(TensorData.From([1f, 4], 2), Run(graph), 1e-6);
    }

    [TestMethod]
    public void Split_IntoEqualParts_WithoutTheirCount()
    {
        var graph = OnnxReader.Read(HandMade.OneNode("Split", ["x"], ["first", "y"], version: 13)).Graph;

        TensorAssert.AreClose(TensorData.From([3f, 4, 5], 1, 3), Run(graph), 0);
    }

    [TestMethod]
    public void Lengths_WithoutANumber_GetNamesOfTheirOwn()
    {
        var graph = OnnxReader.Read(HandMade.Model(g =>
        {
            g.Node("Relu", ["x"], ["y"]);
            g.Value(OnnxFields.Graph.Inputs, "x", 1, null, Dimension.Named("batch size"), Dimension.Named("2*n + 1"), -1);
            g.Output("y");
        })).Graph;

        Assert.AreEqual("[x.0, batch size, 2*n+1, x.3]", graph["y"].Shape.ToString());
    }

    [TestMethod]
    public void Constants_InEveryForm_AreRead()
    {
        var bytes = HandMade.Model(g =>
        {
            Constant(g, "integers", 7, "value_ints", a => a.Bytes(OnnxFields.Attribute.Integers, [3, 2]));
            Constant(g, "number", 1, "value_float", a => a.Number(OnnxFields.Attribute.Number, 2));
            Constant(g, "numbers", 6, "value_floats", a => { a.Number(OnnxFields.Attribute.Numbers, 1); a.Number(OnnxFields.Attribute.Numbers, 2); });
            Constant(g, "integer", 2, "value_int", a => a.Integer(OnnxFields.Attribute.Integer, 1));
            g.Node("Reshape", ["x", "integers"], ["shaped"]);
            g.Node("Mul", ["shaped", "number"], ["twice"]);
            g.Node("Add", ["twice", "numbers"], ["sum"]);
            g.Node("Gather", ["sum", "integer"], ["y"]);
            g.Input("x", 2, 3);
            g.Output("y");
        });

        TensorAssert.AreClose(TensorData.From([5f, 8], 2), Run(OnnxReader.Read(bytes).Graph), 0);
    }

    [TestMethod]
    public void EqualConstants_UnderTwoNames_KeepBoth()
    {
        var graph = OnnxReader.Read(HandMade.Model(g =>
        {
            Constant(g, "one", 2, "value_int", a => a.Integer(OnnxFields.Attribute.Integer, 1));
            Constant(g, "uno", 2, "value_int", a => a.Integer(OnnxFields.Attribute.Integer, 1));
            g.Node("Add", ["one", "uno"], ["y"]);
            g.Output("y");
        })).Graph;

        CollectionAssert.AreEqual(new[] { "one", "uno" }, graph.Constants.Select(constant => constant.Name).ToArray());
        Assert.AreEqual("one", graph.Scalar(1, ElementType.Int64).Name);
    }

    [TestMethod]
    public void Outputs_LeftOut_GetAutomaticNames()
    {
        var graph = OnnxReader.Read(HandMade.OneNode("TopK", ["x", "k"], ["", "y"], graph: g => g.Weight("k", 7, [1], t => t.Integer(7, 2)))).Graph;

        Assert.AreEqual("int64 [2, 2]", Run(graph).ToString());
    }

    [TestMethod]
    public void OptionalInputs_LeftOutAtTheEnd_AreNone()
    {
        var graph = OnnxReader.Read(HandMade.OneNode("LayerNormalization", ["x", "w", ""], graph: g => g.Weight("w", 1, [3], t => t.Raw(new byte[12])))).Graph;

        Assert.HasCount(2, graph["y"].Producer!.Inputs);
    }

    [TestMethod]
    public void FieldsUnknownHere_ArePassedOver()
    {
        var graph = OnnxReader.Read(HandMade.Model(
            g =>
            {
                g.Text(10, "documentation");
                g.Value(13, "y", 1, 2, 3);
                g.Node("Relu", ["x"], ["y"], n => { n.Text(6, "words"); n.Text(OnnxFields.Node.Domain, "ai.onnx"); n.Integer(99, 1); });
                g.Input("x", 2, 3);
                g.Output("y");
            },
            more: m => { m.Integer(5, 7); m.Text(6, "words"); })).Graph;

        Assert.AreEqual(Operator.Relu, graph["y"].Producer!.Operator);
    }

    private static void Constant(WireWriter graph, string name, long type, string form, Action<WireWriter> value) => graph.Node("Constant", [], [name], node => node.Message(OnnxFields.Node.Attributes, attribute =>
    {
        attribute.Text(OnnxFields.Attribute.Name, form);
        value(attribute);
        attribute.Integer(OnnxFields.Attribute.Type, type);
    }));

    private static TensorData Run(Graph graph) => OnnxRun.Run(graph, new Dictionary<string, TensorData> { ["x"] = X })["y"];
}
