namespace Karl.Graphs.Onnx;

/// <summary>What a file declares of an input or output.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeNumber">ONNX's number of the element type; null where it is no tensor, or nothing is said.</param>
/// <param name="Lengths">The axes; a length that is not known is null. Null where nothing is said of them.</param>
internal sealed record OnnxValue(string Name, long? TypeNumber, IReadOnlyList<Dimension?>? Lengths)
{
    private const int LongestLength = 1024;

    public static OnnxValue Read(WireMessage message)
    {
        var name = "";
        long? type = null;
        IReadOnlyList<Dimension?>? lengths = null;
        foreach (var field in message.Fields())
        {
            if (field.Number == OnnxFields.ValueInfo.Name) name = field.Text();
            if (field.Number != OnnxFields.ValueInfo.Type) continue;
            foreach (var tensor in field.Message().Fields(OnnxFields.ValueInfo.TensorType))
            {
                foreach (var inner in tensor.Message().Fields())
                {
                    if (inner.Number == OnnxFields.ValueInfo.ElementType) type = inner.Integer();
                    if (inner.Number == OnnxFields.ValueInfo.Shape) lengths = Shape(inner.Message());
                }
            }
        }
        return new(name, type, lengths);
    }

    private static List<Dimension?> Shape(WireMessage message)
    {
        var lengths = new List<Dimension?>();
        foreach (var field in message.Fields(OnnxFields.ValueInfo.Dimension))
        {
            if (lengths.Count == Graphs.Shape.MostAxes) throw new OnnxFormatException($"Byte {field.Position}: a shape has more than {Graphs.Shape.MostAxes} axes.");
            lengths.Add(Length(field.Message()));
        }
        return lengths;
    }

    private static Dimension? Length(WireMessage message)
    {
        Dimension? length = null;
        foreach (var field in message.Fields())
        {
            if (field.Number == OnnxFields.ValueInfo.DimensionValue) length = field.Integer() is var number and >= 0 ? number : null;
            if (field.Number == OnnxFields.ValueInfo.DimensionName) length = Symbolic(field);
        }
        return length;
    }

    /// <summary>Sums and products are read as such, any other text as one name.</summary>
    private static Dimension? Symbolic(WireField field)
    {
        if (field.Bytes().Length > LongestLength) throw new OnnxFormatException($"Byte {field.Position}: the name of a length takes {field.Bytes().Length} bytes; wanted at most {LongestLength}.");
        var text = field.Text();
        if (string.IsNullOrWhiteSpace(text)) return null;
        try
        {
            var length = Dimension.Parse(text);
            return length is { IsFixed: true, Value: < 0 } ? null : length;
        }
        catch (Exception error) when (error is ArgumentException or OverflowException)
        {
            return Dimension.Named(text);
        }
    }
}
