namespace Karl.Graphs.Onnx;

/// <summary>The numbers that ONNX gives to element types (<c>TensorProto.DataType</c>).</summary>
internal static class OnnxElementTypes
{
    private static readonly (string Name, int Bits)[] All =
    [
        ("undefined", 0), ("float32", 32), ("uint8", 8), ("int8", 8), ("uint16", 16), ("int16", 16), ("int32", 32), ("int64", 64),
        ("string", 0), ("boolean", 8), ("float16", 16), ("float64", 64), ("uint32", 32), ("uint64", 64), ("complex64", 64), ("complex128", 128),
        ("bfloat16", 16), ("float8e4m3fn", 8), ("float8e4m3fnuz", 8), ("float8e5m2", 8), ("float8e5m2fnuz", 8), ("uint4", 4), ("int4", 4), ("float4e2m1", 4),
    ];

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

    /// <summary>A name for every element type, ours or not.</summary>
    public static string NameOf(long number) => number >= 0 && number < All.Length ? All[number].Name : $"type {number}";

    /// <summary>How many bits one element takes; 0 where that is not one number.</summary>
    public static int BitsOf(long number) => number >= 0 && number < All.Length ? All[number].Bits : 0;
}
