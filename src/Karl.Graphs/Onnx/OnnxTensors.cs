using System.Buffers.Binary;

namespace Karl.Graphs.Onnx;

/// <summary>Reads the values of weights and constants: raw bytes as a view of the file, numbers written one by one into an array of their own.</summary>
internal static class OnnxTensors
{
    /// <summary>A tensor's name (may be empty) and values.</summary>
    /// <param name="message">The tensor.</param>
    /// <param name="role">What to call it in errors where it has no name.</param>
    public static (string Name, TensorData Data) Read(WireMessage message, string role)
    {
        var name = NameOf(message);
        var place = name.Length > 0 ? $"Weight '{name}'" : role;
        var (lengths, number, external, segment) = (new List<long>(), 0L, false, false);
        WireField? raw = null;
        foreach (var field in message.Fields())
        {
            switch (field.Number)
            {
                case OnnxFields.Tensor.Lengths: lengths.AddRange(field.Integers()); break;
                case OnnxFields.Tensor.Type: number = field.Integer(); break;
                case OnnxFields.Tensor.Raw: raw = field; break;
                case OnnxFields.Tensor.ExternalData: external = true; break;
                case OnnxFields.Tensor.DataLocation: external |= field.Integer() != 0; break;
                case OnnxFields.Tensor.Segment: segment = true; break;
            }
        }
        if (external) throw new OnnxFormatException($"{place}: the values lie in another file; wanted them in this one. Save the model with its data inside.");
        if (segment) throw new OnnxFormatException($"{place}: the values are cut into segments; wanted them whole.");
        if (!OnnxElementTypes.TryGet(number, out var type)) throw new OnnxFormatException($"{place}: the element type is {OnnxElementTypes.NameOf(number)}; wanted one of {string.Join(", ", Enum.GetValues<ElementType>().Select(known => known.Word()))}.");
        if (lengths.Count > Shape.MostAxes || lengths.Any(length => length < 0)) throw new OnnxFormatException($"{place}: {lengths.Count} axes of lengths {string.Join(", ", lengths.Take(Shape.MostAxes))}; wanted at most {Shape.MostAxes}, none negative.");
        try
        {
            var bytes = raw is { } field ? field.Bytes() : OneByOne(message, place, type, TensorData.ByteCount(type, lengths));
            return (name, new TensorData(type, lengths, bytes));
        }
        catch (ArgumentException error)
        {
            throw new OnnxFormatException($"{place}: {error.Message}", error);
        }
    }

    public static string NameOf(WireMessage message) =>
        message.Fields(OnnxFields.Tensor.Name).LastOrDefault() is { Number: > 0 } field ? field.Text() : "";

    private static ReadOnlyMemory<byte> OneByOne(WireMessage message, string place, ElementType type, long byteCount)
    {
        var fields = message.Fields(FieldOf(type));
        var width = type.SizeInBytes();
        var count = type is ElementType.Float32 or ElementType.Float64
            ? fields.Sum(field => (long)field.FixedWidth(width).Length / width)
            : fields.Sum(field => (long)field.Integers().Count());
        if (count != byteCount / width) throw new OnnxFormatException($"{place}: {count} numbers are there; type and lengths ask for {byteCount / width}.");
        if (byteCount > Array.MaxLength) throw new OnnxFormatException($"{place}: {byteCount} bytes are more than one array holds.");
        var bytes = new byte[byteCount];
        var rest = bytes.AsSpan();
        foreach (var field in fields)
        {
            if (type is ElementType.Float32 or ElementType.Float64)
            {
                var numbers = field.FixedWidth(width).Span;
                numbers.CopyTo(rest);
                rest = rest[numbers.Length..];
                continue;
            }
            foreach (var value in field.Integers())
            {
                Write(rest, type, value, place);
                rest = rest[width..];
            }
        }
        return bytes;
    }

    private static void Write(Span<byte> place, ElementType type, long value, string owner)
    {
        var (low, high) = type switch
        {
            ElementType.Int64 => (long.MinValue, long.MaxValue),
            ElementType.Int32 => (int.MinValue, int.MaxValue),
            ElementType.Float16 => (0L, ushort.MaxValue),
            ElementType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            ElementType.UInt8 => (0L, byte.MaxValue),
            _ => (0L, 1L),
        };
        if (value < low || value > high) throw new OnnxFormatException($"{owner}: a number is {value}; {type.Word()} is written as {low} to {high}.");
        switch (type.SizeInBytes())
        {
            case 8: BinaryPrimitives.WriteInt64LittleEndian(place, value); break;
            case 4: BinaryPrimitives.WriteInt32LittleEndian(place, (int)value); break;
            case 2: BinaryPrimitives.WriteUInt16LittleEndian(place, (ushort)value); break;
            default: place[0] = unchecked((byte)value); break;
        }
    }

    private static int FieldOf(ElementType type) => type switch
    {
        ElementType.Float32 => OnnxFields.Tensor.Floats,
        ElementType.Float64 => OnnxFields.Tensor.Doubles,
        ElementType.Int64 => OnnxFields.Tensor.Int64s,
        _ => OnnxFields.Tensor.Int32s,
    };
}
