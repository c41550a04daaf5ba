using Karl.Graphs.Onnx;
using static Karl.Graphs.Onnx.OnnxFields;

namespace Karl.Graphs.Tests.Onnx;

/// <summary>Files that are cut, twisted or ask for too much: one kind of error, that says what was found and what was wanted.</summary>
[TestClass]
public sealed class HostileFileTests
{
    private static readonly (string Name, Func<byte[]> File, string Message)[] Cases =
    [
        ("empty", () => [], "There is no graph in these 0 bytes; wanted an ONNX model."),
        ("zip", () => "PK\u0003\u0004 and so on"u8.ToArray(), "Byte"),
        ("text", () => "<html></html>"u8.ToArray(), "Byte"),
        ("number cut", () => [0x08, 0x80, 0x80], "Byte 1: a number is cut off at its byte 2"),
        ("number too long", () => [0x08, .. Enumerable.Repeat((byte)0xFF, 10), 1], "Byte 1: a number does not fit in 64 bits"),
        ("length beyond the end", () => [0x12, 0x7F, 1], "Byte 2: 127 bytes are announced, but 1 are left"),
        ("length of 2^63", () => [0x3A, .. Enumerable.Repeat((byte)0xFF, 9), 1, 0], "bytes are announced, but 1 are left"),
        ("field zero", () => [0x00, 0x00], "Byte 0: 0 is no field number"),
        ("group", () => [0x3B, 0x3C], "field 7 has the unknown wire type 3"),
        ("graph is a number", () => HandMade.Bytes(m => m.Integer(OnnxFields.Model.Graph, 5)), "Byte 0: field 7 is encoded as Varint; wanted LengthDelimited."),
        ("two graphs", () => HandMade.Model(_ => { }, more: m => m.Message(OnnxFields.Model.Graph, _ => { })), "a second graph begins"),
        ("name is no text", () => HandMade.Bytes(m => m.Bytes(OnnxFields.Model.ProducerName, [0xC3, 0x28])), "field 2 is not UTF-8 text"),
        ("old operators", () => HandMade.OneNode("Relu", version: 9), "The model uses version 9 of ONNX's operators; wanted 13 to 23. Convert it to 21 first."),
        ("operators of the future", () => HandMade.OneNode("Relu", version: 99), "version 99"),
        ("functions", () => HandMade.Model(_ => { }, more: m => m.Message(OnnxFields.Model.Functions, _ => { })), "The model brings 1 functions of its own"),
        ("unknown operators", () => HandMade.Model(g => { g.Node("Loop", [], ["a"]); g.Node("Loop", [], ["b"]); g.Node("Gru", [], ["c"]); }), "has 2 operators that are not known here: Gru (1), Loop (2)."),
        ("unknown domain", () => HandMade.OneNode("Relu", more: n => n.Text(OnnxFields.Node.Domain, "com.acme")), "com.acme.Relu (1)"),
        ("domain without a version", () => HandMade.OneNode("MatMulNBits", more: n => n.Text(OnnxFields.Node.Domain, "com.microsoft")), "names no version of the operators 'com.microsoft'"),
        ("no operator", () => HandMade.Model(g => g.Message(OnnxFields.Graph.Nodes, n => n.Text(OnnxFields.Node.Outputs, "y"))), "not known here:  (1)"),
        ("sparse weights", () => HandMade.OneNode("Relu", graph: g => g.Message(OnnxFields.Graph.SparseInitializers, _ => { })), "has sparse weights; wanted dense ones"),
        ("undefined input", () => HandMade.OneNode("Add", ["x", "z"]), "Node 'the node' (Add): input 1, 'z', is neither an input, a weight nor the output of a node."),
        ("circle", () => HandMade.Model(g => { g.Node("Relu", ["b"], ["a"]); g.Node("Relu", ["a"], ["b"]); }), "input 0, 'b', is computed by a later node"),
        ("itself", () => HandMade.OneNode("Relu", ["y"]), "is computed by a later node; wanted every node after those it needs, without a circle"),
        ("output of nothing", () => HandMade.Model(g => g.Output("y")), "Output 'y' is computed nowhere"),
        ("output twice", () => HandMade.Model(g => { g.Input("x", 2); g.Node("Relu", ["x"], ["y"]); g.Node("Relu", ["x"], ["y"]); }), "The name 'y' is taken by y: float32 [2]"),
        ("input twice", () => HandMade.Model(g => { g.Input("x", 2); g.Input("x", 2); }), "The name 'x' is taken"),
        ("weight twice", () => HandMade.Model(g => { Weight(g); Weight(g); }), "The name 'w' is taken"),
        ("graph output twice", () => HandMade.OneNode("Relu", graph: g => g.Output("y")), "'y' is an output already"),
        ("weight without a name", () => HandMade.Model(g => g.Weight("", 1, [1], t => t.Raw(0, 0, 0, 0))), "A weight, float32 [1], has no name."),
        ("input without a shape", () => HandMade.Model(g => g.Message(OnnxFields.Graph.Inputs, v => v.Text(ValueInfo.Name, "x"))), "Input 'x' is declared without type or shape"),
        ("input of text", () => HandMade.Model(g => g.Value(OnnxFields.Graph.Inputs, "x", 8, 1)), "Input 'x' is string, an element type that is not known here"),
        ("input without a name", () => HandMade.Model(g => g.Input("", 1)), "name"),
        ("input of many axes", () => HandMade.Model(g => g.Input("x", [.. Enumerable.Repeat((Dimension)1, 65)])), "a shape has more than 64 axes"),
        ("length with a long name", () => HandMade.Model(g => g.Message(OnnxFields.Graph.Inputs, v => v.Message(2, t => t.Message(1, i => i.Message(2, s => s.Message(1, d => d.Text(2, new string('n', 2000)))))))), "the name of a length takes 2000 bytes; wanted at most 1024"),
        ("weight of another size", () => HandMade.Model(g => g.Weight("w", 1, [1L << 40, 1L << 40], t => t.Raw(0, 0, 0, 0))), "Weight 'w': The shape asks for more elements than any memory holds."),
        ("weight announced large", () => HandMade.Model(g => g.Weight("w", 1, [1L << 30], t => t.Number(4, 1))), "Weight 'w': 1 numbers are there; type and lengths ask for 1073741824."),
        ("weight cut", () => HandMade.Model(g => g.Weight("w", 1, [2], t => t.Raw(0, 0, 0, 0))), "Weight 'w': float32 [2] takes 8 bytes, but 4 were given."),
        ("weight of negative length", () => HandMade.Model(g => g.Weight("w", 1, [-1], t => t.Raw())), "1 axes of lengths -1; wanted at most 64, none negative"),
        ("weight of many axes", () => HandMade.Model(g => g.Weight("w", 1, [.. Enumerable.Repeat(1L, 100)], t => t.Raw(0, 0, 0, 0))), "100 axes of lengths"),
        ("weight of text", () => HandMade.Model(g => g.Weight("w", 8, [1], _ => { })), "Weight 'w': the element type is string; wanted one of float32, float16"),
        ("weight of an odd type", () => HandMade.Model(g => g.Weight("w", 77, [1], _ => { })), "the element type is type 77"),
        ("weight elsewhere", () => HandMade.Model(g => g.Weight("w", 1, [1], t => t.Integer(OnnxFields.Tensor.DataLocation, 1))), "Weight 'w': the values lie in another file"),
        ("weight elsewhere, path", () => HandMade.Model(g => g.Weight("w", 1, [1], t => t.Message(OnnxFields.Tensor.ExternalData, e => { e.Text(1, "location"); e.Text(2, "../../etc/passwd"); }))), "Weight 'w': the values lie in another file"),
        ("weight in segments", () => HandMade.Model(g => g.Weight("w", 1, [1], t => t.Message(OnnxFields.Tensor.Segment, _ => { }))), "cut into segments"),
        ("weight number out of range", () => HandMade.Model(g => g.Weight("w", 2, [1], t => t.Integer(5, 256))), "Weight 'w': a number is 256; uint8 is written as 0 to 255."),
        ("weight packed unevenly", () => HandMade.Model(g => g.Weight("w", 1, [1], t => t.Bytes(4, [1, 2, 3]))), "3 bytes do not fall into numbers of 4 bytes"),
        ("weight declared otherwise", () => HandMade.Model(g => { g.Input("w", 7); Weight(g); }), "Weight 'w' is declared as float32 [7], but it is w: float32 [1]."),
        ("output declared otherwise", () => HandMade.Model(g => { g.Input("x", 2); g.Node("Relu", ["x"], ["y"]); g.Value(OnnxFields.Graph.Outputs, "y", 7, 2); }), "Output 'y' is declared as int64 [2], but it is y: float32 [2]."),
        ("attribute unknown", () => HandMade.OneNode("Relu", more: n => n.Integer("slope", 1)), "Node 'the node' (Relu): attribute 'slope' = 1 is not understood; wanted none."),
        ("attribute with an effect", () => HandMade.OneNode("ArgMax", more: n => n.Integer("select_last_index", 1)), "attribute 'select_last_index' = 1 is not understood; wanted only axis, keepdims."),
        ("attribute twice", () => HandMade.OneNode("Softmax", more: n => { n.Integer("axis", 1); n.Integer("axis", 0); }), "attribute 'axis' is given twice"),
        ("attribute of another kind", () => HandMade.OneNode("Softmax", more: n => n.Integers("axis", 1)), "Attribute 'axis' is a Int64[]; wanted Int64."),
        ("attribute of an odd kind", () => HandMade.OneNode("Softmax", more: n => n.Message(OnnxFields.Node.Attributes, a => { a.Text(1, "axis"); a.Integer(20, 13); })), "attribute 'axis' holds a value of another kind"),
        ("attribute with a graph", () => HandMade.OneNode("Softmax", more: n => n.Message(OnnxFields.Node.Attributes, a => a.Message(OnnxFields.Attribute.Subgraph, _ => { }))), "holds a graph; wanted none inside nodes"),
        ("constant of nothing", () => HandMade.Model(g => g.Node("Constant", [], ["c"])), "a constant has 0 attributes; wanted one"),
        ("constant of text", () => HandMade.Model(g => g.Node("Constant", [], ["c"], n => n.Message(OnnxFields.Node.Attributes, a => { a.Text(1, "value_string"); a.Text(4, "x"); a.Integer(20, 3); }))), "the constant is given as 'value_string' with a String"),
        ("constant without a name", () => HandMade.Model(g => g.Node("Constant", [], [""])), "it has 1 outputs; wanted one with a name"),
        ("outputs too many", () => HandMade.OneNode("Relu", ["x"], ["y", "z"]), "Node 'the node' (Relu): 2 outputs are named (y, z); the operator gives 1 here."),
        ("outputs announced", () => HandMade.OneNode("Split", more: n => n.Integer("num_outputs", 1024)), "1024 outputs are announced, 1 are named"),
        ("inputs too many", () => HandMade.OneNode("Relu", [.. Enumerable.Repeat("x", 10000)]), "wanted 1 inputs, found 10000. Inputs: x: float32 [2, 3], x"),
        ("input missing", () => HandMade.OneNode("MatMul", ["", "x"]), "Node 'the node' (MatMul): input 0 is missing"),
        ("kernel of nothing", () => HandMade.Model(g => { g.Input("x", 1, 1, 4, 4); g.Node("MaxPool", ["x"], ["y"], n => n.Integers("kernel_shape", 0, 0)); }), "must be above zero"),
        ("strides of the largest number", () => HandMade.Model(g => { g.Input("x", 1, 1, 4, 4); g.Node("MaxPool", ["x"], ["y"], n => { n.Integers("kernel_shape", long.MaxValue, 2); n.Integers("dilations", long.MaxValue, 1); }); }), "overflow"),
    ];

    public static IEnumerable<object[]> CaseNames => Cases.Select(line => new object[] { line.Name });

    [TestMethod]
    [DynamicData(nameof(CaseNames))]
    public void Read_Hostile_IsRefusedWithFoundAndWanted(string name)
    {
        var (_, file, message) = Cases.Single(line => line.Name == name);

        var error = Assert.ThrowsExactly<OnnxFormatException>(() => OnnxReader.Read(file()));

        Assert.Contains(message, error.Message);
    }

    private static void Weight(WireWriter graph) => graph.Weight("w", 1, [1], t => t.Raw(0, 0, 0, 0));
}
