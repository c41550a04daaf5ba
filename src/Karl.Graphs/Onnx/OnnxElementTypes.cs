namespace Karl.Graphs.Onnx;

/// <summary>The numbers that ONNX gives to element types (<c>TensorProto.DataType</c>).</summary>
internal static class OnnxElementTypes
{
    public static long Number(ElementType type) => type switch
    {
        ElementType.Float32 => 1,
        ElementType.UInt8 => 2,
        ElementType.Int8 => 3,
        ElementType.Int32 => 6,
        ElementType.Int64 => 7,
        ElementType.Boolean => 9,
        ElementType.Float16 => 10,
        _ => 11,
    };

    public static bool TryGet(long number, out ElementType type)
    {
        foreach (var candidate in Enum.GetValues<ElementType>())
        {
            type = candidate;
            if (Number(candidate) == number) return true;
        }
        type = default;
        return false;
    }
}
