namespace Karl.Graphs.Onnx;

/// <summary>Reads the settings of nodes.</summary>
internal static class OnnxAttributes
{
    /// <summary>The settings of a node that is one of our operators.</summary>
    public static Attributes Read(OnnxNode node, Operator @operator)
    {
        var attributes = new Attributes();
        foreach (var message in node.Attributes)
        {
            var (name, value) = One(node, message);
            if (value is not (long or float or string or long[])) throw node.Error($"attribute '{name}' holds {Describe(value)}; wanted a number, a text or whole numbers.");
            KnownSettings.Check(node, @operator, name, value);
            if (attributes.Any(known => known.Key == name)) throw node.Error($"attribute '{name}' is given twice.");
            attributes.Add(name, value);
        }
        return attributes;
    }

    /// <summary>The values of a <c>Constant</c> node.</summary>
    public static TensorData Constant(OnnxNode node)
    {
        if (node.Attributes.Count != 1) throw node.Error($"a constant has {node.Attributes.Count} attributes; wanted one, with its value.");
        var (name, value) = One(node, node.Attributes[0]);
        return (name, value) switch
        {
            ("value", WireMessage tensor) => OnnxTensors.Read(tensor, node.Place).Data,
            ("value_int", long integer) => TensorData.From([integer]),
            ("value_ints", long[] integers) => TensorData.From(integers, integers.Length),
            ("value_float", float number) => TensorData.From([number]),
            ("value_floats", float[] numbers) => TensorData.From(numbers, numbers.Length),
            _ => throw node.Error($"the constant is given as '{name}' with {Describe(value)}; wanted a tensor, numbers or whole numbers."),
        };
    }

    private static (string Name, object? Value) One(OnnxNode node, WireMessage message)
    {
        var (name, type, integers, numbers) = ("", 0L, new List<long>(), new List<float>());
        var (integer, number, text) = (0L, 0f, "");
        WireMessage? tensor = null;
        foreach (var field in message.Fields())
        {
            switch (field.Number)
            {
                case OnnxFields.Attribute.Name: name = field.Text(); break;
                case OnnxFields.Attribute.Type: type = field.Integer(); break;
                case OnnxFields.Attribute.Integer: integer = field.Integer(); break;
                case OnnxFields.Attribute.Number: number = field.Single(); break;
                case OnnxFields.Attribute.Text: text = field.Text(); break;
                case OnnxFields.Attribute.Tensor: tensor = field.Message(); break;
                case OnnxFields.Attribute.Integers: integers.AddRange(field.Integers()); break;
                case OnnxFields.Attribute.Numbers: numbers.AddRange(Singles(field)); break;
                case OnnxFields.Attribute.Subgraph or OnnxFields.Attribute.Subgraphs: throw node.Error($"attribute '{name}' holds a graph; wanted none inside nodes.");
            }
        }
        return (name, type switch
        {
            OnnxFields.Attribute.IntegerType => integer,
            OnnxFields.Attribute.NumberType => number,
            OnnxFields.Attribute.TextType => text,
            OnnxFields.Attribute.IntegersType => integers.ToArray(),
            OnnxFields.Attribute.NumbersType => numbers.ToArray(),
            OnnxFields.Attribute.TensorType => tensor,
            _ => null,
        });
    }

    private static float[] Singles(WireField field) =>
        System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(field.FixedWidth(4).Span).ToArray();

    private static string Describe(object? value) => value switch
    {
        null => "a value of another kind",
        WireMessage => "a tensor",
        float[] => "a row of numbers",
        _ => $"a {value.GetType().Name}",
    };
}
