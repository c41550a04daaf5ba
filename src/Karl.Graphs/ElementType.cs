namespace Karl.Graphs;

/// <summary>What one element of a tensor is.</summary>
public enum ElementType
{
    /// <summary>32-bit floating point.</summary>
    Float32,
    /// <summary>16-bit floating point (<see cref="Half"/>).</summary>
    Float16,
    /// <summary>64-bit floating point.</summary>
    Float64,
    /// <summary>32-bit signed integer.</summary>
    Int32,
    /// <summary>64-bit signed integer; indices and shapes.</summary>
    Int64,
    /// <summary>True or false, one byte each.</summary>
    Boolean,
    /// <summary>8-bit unsigned integer.</summary>
    UInt8,
    /// <summary>8-bit signed integer.</summary>
    Int8,
}

/// <summary>Facts about <see cref="ElementType"/>.</summary>
public static class ElementTypes
{
    /// <summary>Bytes that one element takes.</summary>
    public static int SizeInBytes(this ElementType type) => type switch
    {
        ElementType.Float64 or ElementType.Int64 => 8,
        ElementType.Float32 or ElementType.Int32 => 4,
        ElementType.Float16 => 2,
        _ => 1,
    };

    /// <summary>Whether the type is one of the three floating-point types.</summary>
    public static bool IsFloating(this ElementType type) =>
        type is ElementType.Float32 or ElementType.Float16 or ElementType.Float64;

    /// <summary>The name as printed: <c>float32</c>, <c>int64</c>, <c>boolean</c> ...</summary>
    public static string Word(this ElementType type) => type.ToString().ToLowerInvariant();

    /// <summary>The element type of a .NET type: <see cref="float"/>, <see cref="Half"/>, <see cref="double"/>, <see cref="int"/>, <see cref="long"/>, <see cref="bool"/>, <see cref="byte"/> or <see cref="sbyte"/>.</summary>
    /// <exception cref="ArgumentException">No element type stands for <typeparamref name="T"/>.</exception>
    public static ElementType Of<T>() where T : unmanaged =>
        typeof(T) == typeof(float) ? ElementType.Float32
        : typeof(T) == typeof(Half) ? ElementType.Float16
        : typeof(T) == typeof(double) ? ElementType.Float64
        : typeof(T) == typeof(int) ? ElementType.Int32
        : typeof(T) == typeof(long) ? ElementType.Int64
        : typeof(T) == typeof(bool) ? ElementType.Boolean
        : typeof(T) == typeof(byte) ? ElementType.UInt8
        : typeof(T) == typeof(sbyte) ? ElementType.Int8
        : throw new ArgumentException($"No tensor has elements of type {typeof(T)}; use float, Half, double, int, long, bool, byte or sbyte.");
}
