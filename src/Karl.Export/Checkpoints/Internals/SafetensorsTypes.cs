using Karl.Tokenizers.Arrays;

namespace Karl.Export.Checkpoints.Internals;

/// <summary>The element types of safetensors by their names in the header.</summary>
internal static class SafetensorsTypes
{
    private static readonly (string Name, ArrayElementType Type)[] All =
    [
        ("BOOL", ArrayElementType.Boolean), ("U8", ArrayElementType.UInt8), ("I8", ArrayElementType.Int8), ("U16", ArrayElementType.UInt16),
        ("I16", ArrayElementType.Int16), ("F16", ArrayElementType.Float16), ("BF16", ArrayElementType.BFloat16), ("U32", ArrayElementType.UInt32),
        ("I32", ArrayElementType.Int32), ("F32", ArrayElementType.Float32), ("U64", ArrayElementType.UInt64), ("I64", ArrayElementType.Int64),
        ("F64", ArrayElementType.Float64),
    ];

    /// <summary>The type of a name, or null for one that is not read, such as the 8-bit floats.</summary>
    public static ArrayElementType? Find(string name) => Array.Find(All, pair => pair.Name == name) is { Name: not null } found ? found.Type : null;

    /// <summary>The name of a type.</summary>
    public static string Name(ArrayElementType type) => Array.Find(All, pair => pair.Type == type).Name;
}
