namespace Karl.Graphs.Onnx;

/// <summary>The parts of an ONNX file, field by field.</summary>
internal static class OnnxMessages
{
    /// <summary>Everything up to and with the header of the graph, which comes last so that its weights can be streamed.</summary>
    public static ReadOnlyMemory<byte> ModelStart(OnnxWriteOptions options, NeededParts needed, long graphBytes)
    {
        var model = new WireWriter();
        model.Integer(OnnxFields.Model.FileFormat, OperatorTable.FileFormat);
        model.Text(OnnxFields.Model.ProducerName, options.ProducerName);
        if (options.ProducerVersion.Length > 0) model.Text(OnnxFields.Model.ProducerVersion, options.ProducerVersion);
        OperatorSet(model, "", OperatorTable.OperatorSet);
        foreach (var domain in needed.Nodes.Select(node => OperatorTable.DomainOf(node.Operator)).Where(domain => domain.Length > 0).Distinct().Order(StringComparer.Ordinal))
        {
            OperatorSet(model, domain, OperatorTable.MicrosoftOperatorSet);
        }
        foreach (var (key, value) in options.Metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            model.Message(OnnxFields.Model.Metadata, entry =>
            {
                entry.Text(OnnxFields.Entry.Key, key);
                entry.Text(OnnxFields.Entry.Value, value);
            });
        }
        model.LengthHeader(OnnxFields.Model.Graph, graphBytes);
        return model.Written;
    }

    public static ReadOnlyMemory<byte> GraphWithoutWeights(Graph graph, NeededParts needed)
    {
        var message = new WireWriter();
        message.Text(OnnxFields.Graph.Name, graph.Name);
        foreach (var constant in needed.Constants) message.Message(OnnxFields.Graph.Nodes, node => ConstantNode(node, constant));
        foreach (var node in needed.Nodes) message.Message(OnnxFields.Graph.Nodes, inner => Node(inner, node));
        foreach (var input in graph.Inputs) message.Message(OnnxFields.Graph.Inputs, inner => ValueInfo(inner, input));
        foreach (var output in graph.Outputs) message.Message(OnnxFields.Graph.Outputs, inner => ValueInfo(inner, output));
        return message.Written;
    }

    /// <summary>A weight up to where its bytes begin.</summary>
    public static ReadOnlyMemory<byte> WeightHeader(Tensor parameter)
    {
        var inner = new WireWriter();
        foreach (var length in parameter.Shape) inner.Integer(OnnxFields.Tensor.Lengths, length.Value);
        inner.Integer(OnnxFields.Tensor.Type, OnnxElementTypes.Number(parameter.Type));
        inner.Text(OnnxFields.Tensor.Name, parameter.Name);
        var bytes = OnnxWriter.ByteCount(parameter);
        inner.LengthHeader(OnnxFields.Tensor.Raw, bytes);
        var header = new WireWriter();
        header.LengthHeader(OnnxFields.Graph.Initializers, inner.Written.Length + bytes);
        return new ReadOnlyMemory<byte>([.. header.Written.Span, .. inner.Written.Span]);
    }

    private static void OperatorSet(WireWriter model, string domain, long version) => model.Message(OnnxFields.Model.OperatorSets, set =>
    {
        if (domain.Length > 0) set.Text(OnnxFields.OperatorSet.Domain, domain);
        set.Integer(OnnxFields.OperatorSet.Version, version);
    });

    private static void ConstantNode(WireWriter message, Tensor constant)
    {
        message.Text(OnnxFields.Node.Outputs, constant.Name);
        message.Text(OnnxFields.Node.Name, constant.Name);
        message.Text(OnnxFields.Node.Operator, "Constant");
        message.Message(OnnxFields.Node.Attributes, attribute =>
        {
            attribute.Text(OnnxFields.Attribute.Name, "value");
            attribute.Message(OnnxFields.Attribute.Tensor, tensor => Values(tensor, constant.Data!));
            attribute.Integer(OnnxFields.Attribute.Type, OnnxFields.Attribute.TensorType);
        });
    }

    private static void Values(WireWriter message, TensorData data)
    {
        foreach (var length in data.Shape) message.Integer(OnnxFields.Tensor.Lengths, length);
        message.Integer(OnnxFields.Tensor.Type, OnnxElementTypes.Number(data.Type));
        message.Bytes(OnnxFields.Tensor.Raw, data.Bytes.Span);
    }

    private static void Node(WireWriter message, Node node)
    {
        foreach (var input in Trimmed(node.ValueInputs)) message.Text(OnnxFields.Node.Inputs, input?.Name ?? "");
        foreach (var output in node.Outputs) message.Text(OnnxFields.Node.Outputs, output.Name);
        message.Text(OnnxFields.Node.Name, node.Name);
        message.Text(OnnxFields.Node.Operator, OperatorTable.NameOf(node.Operator));
        foreach (var (name, value) in node.Attributes) message.Message(OnnxFields.Node.Attributes, attribute => Attribute(attribute, name, value));
        var domain = OperatorTable.DomainOf(node.Operator);
        if (domain.Length > 0) message.Text(OnnxFields.Node.Domain, domain);
    }

    private static IEnumerable<Tensor?> Trimmed(IEnumerable<Tensor?> inputs) =>
        inputs.Reverse().SkipWhile(input => input is null).Reverse();

    private static void Attribute(WireWriter message, string name, object value)
    {
        message.Text(OnnxFields.Attribute.Name, name);
        switch (value)
        {
            case float number:
                message.Number(OnnxFields.Attribute.Number, number);
                message.Integer(OnnxFields.Attribute.Type, OnnxFields.Attribute.NumberType);
                break;
            case long integer:
                message.Integer(OnnxFields.Attribute.Integer, integer);
                message.Integer(OnnxFields.Attribute.Type, OnnxFields.Attribute.IntegerType);
                break;
            case string text:
                message.Text(OnnxFields.Attribute.Text, text);
                message.Integer(OnnxFields.Attribute.Type, OnnxFields.Attribute.TextType);
                break;
            case long[] integers:
                foreach (var integer in integers) message.Integer(OnnxFields.Attribute.Integers, integer);
                message.Integer(OnnxFields.Attribute.Type, OnnxFields.Attribute.IntegersType);
                break;
        }
    }

    private static void ValueInfo(WireWriter message, Tensor tensor)
    {
        message.Text(OnnxFields.ValueInfo.Name, tensor.Name);
        message.Message(OnnxFields.ValueInfo.Type, type => type.Message(OnnxFields.ValueInfo.TensorType, inner =>
        {
            inner.Integer(OnnxFields.ValueInfo.ElementType, OnnxElementTypes.Number(tensor.Type));
            inner.Message(OnnxFields.ValueInfo.Shape, shape =>
            {
                foreach (var length in tensor.Shape) shape.Message(OnnxFields.ValueInfo.Dimension, dimension => Dimension(dimension, length));
            });
        }));
    }

    private static void Dimension(WireWriter message, Dimension length)
    {
        if (length.IsFixed) message.Integer(OnnxFields.ValueInfo.DimensionValue, length.Value);
        else message.Text(OnnxFields.ValueInfo.DimensionName, length.ToString());
    }
}
