namespace Karl.Tokenizers.Arrays;

/// <summary>Facts about element types.</summary>
public static class ArrayElementTypes
{
    /// <summary>Bytes of one element: 1, 2, 4 or 8.</summary>
    public static int SizeInBytes(this ArrayElementType type) => type switch
    {
        ArrayElementType.Boolean or ArrayElementType.Int8 or ArrayElementType.UInt8 => 1,
        ArrayElementType.Int16 or ArrayElementType.UInt16 or ArrayElementType.Float16 or ArrayElementType.BFloat16 => 2,
        ArrayElementType.Int32 or ArrayElementType.UInt32 or ArrayElementType.Float32 => 4,
        ArrayElementType.Int64 or ArrayElementType.UInt64 or ArrayElementType.Float64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not an element type."),
    };

    /// <summary>Whether the elements are floating-point numbers of any precision.</summary>
    public static bool IsFloatingPoint(this ArrayElementType type) => type
        is ArrayElementType.Float16 or ArrayElementType.BFloat16 or ArrayElementType.Float32 or ArrayElementType.Float64;

    /// <summary>The element type of a .NET type, such as Float32 for <see cref="float"/>; throws <see cref="ArgumentException"/> where there is none.</summary>
    public static ArrayElementType Of<T>()
        where T : unmanaged
        => default(T) switch
        {
            bool => ArrayElementType.Boolean,
            sbyte => ArrayElementType.Int8,
            short => ArrayElementType.Int16,
            int => ArrayElementType.Int32,
            long => ArrayElementType.Int64,
            byte => ArrayElementType.UInt8,
            ushort => ArrayElementType.UInt16,
            uint => ArrayElementType.UInt32,
            ulong => ArrayElementType.UInt64,
            Half => ArrayElementType.Float16,
            float => ArrayElementType.Float32,
            double => ArrayElementType.Float64,
            _ => throw new ArgumentException($"{typeof(T).Name} is no array element type. Use bool, an integer type, Half, float or double."),
        };
}
