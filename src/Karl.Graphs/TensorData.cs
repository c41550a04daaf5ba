using System.Runtime.InteropServices;
using Karl.Graphs.Internals;

namespace Karl.Graphs;

/// <summary>The values of a tensor: elements in C order (last axis fastest), little-endian. Holds a view, never a copy.</summary>
public sealed class TensorData
{
    private readonly long[] _shape;

    /// <summary>Wraps bytes that somebody else owns.</summary>
    /// <exception cref="ArgumentException">The bytes are not as many as type and shape ask for.</exception>
    public TensorData(ElementType type, IEnumerable<long> shape, ReadOnlyMemory<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Type = type;
        _shape = [.. shape];
        Bytes = bytes;
        var expected = ByteCount(type, _shape);
        if (expected != bytes.Length)
        {
            throw new ArgumentException($"{type.Word()} {Graphs.Shape.Of(_shape)} takes {expected} bytes, but {bytes.Length} were given.");
        }
    }

    /// <summary>What each element is.</summary>
    public ElementType Type { get; }

    /// <summary>The lengths of the axes, outermost first; empty for a single number.</summary>
    public IReadOnlyList<long> Shape => _shape;

    /// <summary>The elements, little-endian, in C order.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>How many elements there are.</summary>
    public long ElementCount => Bytes.Length / Type.SizeInBytes();

    /// <summary>Wraps an array without copying it.</summary>
    /// <exception cref="ArgumentException">The array is not as long as the shape asks for, or no element type stands for <typeparamref name="T"/>.</exception>
    public static TensorData From<T>(ReadOnlyMemory<T> values, params long[] shape) where T : unmanaged =>
        new(ElementTypes.Of<T>(), shape, new ByteView<T>(values).Memory);

    /// <inheritdoc cref="From{T}(ReadOnlyMemory{T}, long[])"/>
    public static TensorData From<T>(T[] values, params long[] shape) where T : unmanaged => From((ReadOnlyMemory<T>)values, shape);

    /// <summary>One number, converted to the type.</summary>
    public static TensorData Scalar(double value, ElementType type) => type switch
    {
        ElementType.Float32 => From([(float)value]),
        ElementType.Float16 => From([(Half)value]),
        ElementType.Float64 => From([value]),
        ElementType.Int32 => From([checked((int)Whole(value))]),
        ElementType.Int64 => From([checked((long)Whole(value))]),
        ElementType.Boolean => From([value != 0]),
        ElementType.UInt8 => From([checked((byte)Whole(value))]),
        _ => From([checked((sbyte)Whole(value))]),
    };

    /// <summary>The elements as they lie in memory.</summary>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is not this tensor's type.</exception>
    public ReadOnlySpan<T> AsSpan<T>() where T : unmanaged =>
        ElementTypes.Of<T>() == Type
            ? MemoryMarshal.Cast<byte, T>(Bytes.Span)
            : throw new ArgumentException($"The tensor holds {Type.Word()}, not {ElementTypes.Of<T>().Word()}.");

    /// <summary>Type and shape, for example <c>float32 [3, 4]</c>.</summary>
    public override string ToString() => $"{Type.Word()} {Graphs.Shape.Of(_shape)}";

    /// <summary>The bytes that a tensor takes.</summary>
    /// <exception cref="ArgumentException">A length is negative, or the count does not fit in 64 bits.</exception>
    internal static long ByteCount(ElementType type, IEnumerable<long> shape)
    {
        var count = (Int128)type.SizeInBytes();
        foreach (var length in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(length, nameof(shape));
            count *= length;
            if (count > long.MaxValue) throw new ArgumentException("The shape asks for more elements than any memory holds.");
        }
        return (long)count;
    }

    private static double Whole(double value) => double.IsInteger(value)
        ? value
        : throw new ArgumentException($"{value} is not a whole number, so an integer tensor cannot hold it.");
}
