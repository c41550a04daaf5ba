using Karl.Graphs.Onnx;
using static Karl.Graphs.Onnx.OnnxFields;

namespace Karl.Graphs.Tests.Onnx;

/// <summary>ONNX files written field by field, as other exporters (and attackers) write them.</summary>
internal static class HandMade
{
    public static byte[] Bytes(Action<WireWriter> write)
    {
        var writer = new WireWriter();
        write(writer);
        return writer.Written.ToArray();
    }

    /// <summary>A model of one graph.</summary>
    public static byte[] Model(Action<WireWriter> graph, long version = 21, Action<WireWriter>? more = null) => Bytes(model =>
    {
        model.Integer(OnnxFields.Model.FileFormat, 8);
        model.Message(OnnxFields.Model.OperatorSets, set => set.Integer(OperatorSet.Version, version));
        model.Message(OnnxFields.Model.Graph, graph);
        more?.Invoke(model);
    });

    /// <summary>A model of one node between <c>x</c>, float32 <c>[2, 3]</c>, and <c>y</c>.</summary>
    public static byte[] OneNode(string @operator, string[]? inputs = null, string[]? outputs = null, Action<WireWriter>? more = null, Action<WireWriter>? graph = null, long version = 21) => Model(
        inner =>
        {
            graph?.Invoke(inner);
            inner.Node(@operator, inputs ?? ["x"], outputs ?? ["y"], more);
            inner.Input("x", 2, 3);
            inner.Output("y");
        },
        version);

    public static void Node(this WireWriter graph, string @operator, string[] inputs, string[] outputs, Action<WireWriter>? more = null) => graph.Message(OnnxFields.Graph.Nodes, node =>
    {
        foreach (var input in inputs) node.Text(OnnxFields.Node.Inputs, input);
        foreach (var output in outputs) node.Text(OnnxFields.Node.Outputs, output);
        node.Text(OnnxFields.Node.Name, "the node");
        node.Text(OnnxFields.Node.Operator, @operator);
        more?.Invoke(node);
    });

    public static void Integers(this WireWriter node, string name, params long[] values) => node.Message(OnnxFields.Node.Attributes, attribute =>
    {
        attribute.Text(OnnxFields.Attribute.Name, name);
        foreach (var value in values) attribute.Integer(OnnxFields.Attribute.Integers, value);
        attribute.Integer(OnnxFields.Attribute.Type, OnnxFields.Attribute.IntegersType);
    });

    public static void Integer(this WireWriter node, string name, long value) => node.Message(OnnxFields.Node.Attributes, attribute =>
    {
        attribute.Text(OnnxFields.Attribute.Name, name);
        attribute.Integer(OnnxFields.Attribute.Integer, value);
        attribute.Integer(OnnxFields.Attribute.Type, OnnxFields.Attribute.IntegerType);
    });

    public static void Input(this WireWriter graph, string name, params Dimension[] shape) => graph.Value(OnnxFields.Graph.Inputs, name, 1, shape);

    public static void Output(this WireWriter graph, string name) => graph.Message(OnnxFields.Graph.Outputs, value => value.Text(ValueInfo.Name, name));

    public static void Value(this WireWriter graph, int field, string name, long type, params Dimension?[] shape) => graph.Message(field, value =>
    {
        value.Text(ValueInfo.Name, name);
        value.Message(ValueInfo.Type, inner => inner.Message(ValueInfo.TensorType, tensor =>
        {
            tensor.Integer(ValueInfo.ElementType, type);
            tensor.Message(ValueInfo.Shape, lengths =>
            {
                foreach (var length in shape)
                {
                    lengths.Message(ValueInfo.Dimension, dimension =>
                    {
                        if (length is null) return;
                        if (length.IsFixed) dimension.Integer(ValueInfo.DimensionValue, length.Value);
                        else dimension.Text(ValueInfo.DimensionName, length.ToString());
                    });
                }
            });
        }));
    });

    /// <summary>A weight; its values are whatever <paramref name="values"/> writes.</summary>
    public static void Weight(this WireWriter graph, string name, long type, long[] shape, Action<WireWriter> values) => graph.Message(OnnxFields.Graph.Initializers, tensor =>
    {
        foreach (var length in shape) tensor.Integer(OnnxFields.Tensor.Lengths, length);
        tensor.Integer(OnnxFields.Tensor.Type, type);
        tensor.Text(OnnxFields.Tensor.Name, name);
        values(tensor);
    });

    public static void Raw(this WireWriter tensor, params byte[] bytes) => tensor.Bytes(OnnxFields.Tensor.Raw, bytes);
}
