using System.Runtime.InteropServices;
using Karl.Tokenizers.Arrays.Internals;

namespace Karl.Tokenizers.Arrays;

/// <summary>A NumPy array: element type, shape, and the elements in C order, little-endian.</summary>
/// <remarks>Files may be version 1, 2 or 3 and in C or Fortran order; records, objects, strings and big-endian numbers are refused.</remarks>
public sealed class NpyArray
{
    /// <summary>The largest array that is read unless another limit is given: 1 GiB of elements.</summary>
    public const int DefaultMaximumBytes = 1 << 30;

    private readonly byte[] _bytes;

    private NpyArray(ArrayElementType type, long[] shape, byte[] bytes, long count)
    {
        Type = type;
        Shape = Array.AsReadOnly(shape);
        _bytes = bytes;
        Count = count;
    }

    /// <summary>What one element is.</summary>
    public ArrayElementType Type { get; }

    /// <summary>The length of each dimension, outermost first; empty for a single number.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The number of elements.</summary>
    public long Count { get; }

    /// <summary>The elements, little-endian, C order.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Copies elements into a new array.</summary>
    /// <exception cref="ArgumentException">The shape has another number of elements, or <typeparamref name="T"/> is no element type.</exception>
    public static NpyArray Create<T>(ReadOnlySpan<T> elements, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        var type = ArrayElementTypes.Of<T>();
        return ArrayShape.TryCountElements(shape, out var count) && count == elements.Length
            ? new NpyArray(type, shape.ToArray(), MemoryMarshal.AsBytes(elements).ToArray(), count)
            : throw new ArgumentException($"{elements.Length} elements do not fill the shape {ArrayShape.Print(shape)}.", nameof(shape));
    }

    /// <summary>Reads an npy file.</summary>
    /// <exception cref="KarlFormatException">The file is not a sound npy array, or holds more than <paramref name="maximumBytes"/>.</exception>
    public static NpyArray Load(string path, int maximumBytes = DefaultMaximumBytes)
    {
        using var source = ByteSource.FromFile(path);
        if (source.Length - maximumBytes > NpyHeader.PreambleLength + NpyHeader.MaximumTextLength)
        {
            throw new KarlFormatException($"'{source.Name}' is {source.Length} bytes; at most {maximumBytes} are read. Raise the limit if the file is trusted.");
        }

        return Parse(source.ReadArray(0, checked((int)source.Length)), source.Name);
    }

    /// <summary>Reads an npy array from the bytes of a file; <paramref name="name"/> is what messages call it.</summary>
    /// <exception cref="KarlFormatException">The bytes are not a sound npy array.</exception>
    public static NpyArray Parse(ReadOnlySpan<byte> file, string name)
    {
        var header = NpyHeader.Read(file, name, out var start);
        var elementSize = header.Type.SizeInBytes();
        var length = file.Length - start;
        if (!ArrayShape.TryCountElements(header.Shape, out var count) || length % elementSize != 0 || count != length / elementSize)
        {
            throw new KarlFormatException(
                $"'{name}': {header.Type} {ArrayShape.Print(header.Shape)} does not fit the {length} bytes that follow the header. The file is truncated or damaged: write it again.");
        }

        var elements = file[start..];
        var bytes = header.IsFortranOrder && header.Shape.Length > 1
            ? FortranOrder.ToC(elements, header.Shape, elementSize)
            : elements.ToArray();
        return new NpyArray(header.Type, header.Shape, bytes, count);
    }

    /// <summary>The elements as they are stored.</summary>
    /// <exception cref="InvalidOperationException">The elements are of another type.</exception>
    public ReadOnlySpan<T> AsSpan<T>()
        where T : unmanaged
        => ArrayElementTypes.Of<T>() == Type
            ? MemoryMarshal.Cast<byte, T>(_bytes)
            : throw new InvalidOperationException($"The array holds {Type}, not {typeof(T).Name}. Read it as {Type}, or convert it with ToFloat32 or ToInt64.");

    /// <summary>A copy as float32, whatever the stored type; booleans become 0 and 1.</summary>
    public float[] ToFloat32()
    {
        var result = new float[Count];
        ElementConversion.ToFloat32(Type, _bytes, result);
        return result;
    }

    /// <summary>A copy of integers or booleans as int64.</summary>
    /// <exception cref="InvalidOperationException">The elements are floating-point numbers, or an unsigned one is above 2^63 - 1.</exception>
    public long[] ToInt64()
    {
        var result = new long[Count];
        return ElementConversion.ToInt64(Type, _bytes, result)
            ? result
            : throw new InvalidOperationException($"The array holds {Type} values that are not all int64 numbers.");
    }

    /// <summary>Writes an npy file, version 1, in C order.</summary>
    public void Save(string path)
    {
        using var stream = File.Create(path);
        Write(stream);
    }

    /// <summary>Writes the array as an npy file into a stream.</summary>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(NpyHeader.Write(Type, [.. Shape]));
        stream.Write(_bytes);
    }

    /// <summary>Type and shape: <c>Float32 [4, 3, 256, 256]</c>.</summary>
    public override string ToString() => $"{Type} {ArrayShape.Print([.. Shape])}";
}
