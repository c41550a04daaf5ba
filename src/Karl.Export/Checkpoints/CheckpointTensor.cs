using System.Runtime.InteropServices;
using Karl.Export.Checkpoints.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Arrays;
using Karl.Tokenizers.Arrays.Internals;

namespace Karl.Export.Checkpoints;

/// <summary>One tensor of a checkpoint. Nothing of its values is in memory until one of the methods reads them, each time anew.</summary>
/// <remarks>Usable as long as its <see cref="Checkpoint"/> is open, from several threads.</remarks>
public sealed class CheckpointTensor
{
    private const int ChunkElements = 1 << 18;
    private readonly TensorView _view;

    internal CheckpointTensor(string name, TensorView view)
    {
        Name = name;
        _view = view;
        Shape = Array.AsReadOnly(view.Shape);
    }

    /// <summary>Its published name, such as <c>encoder.transformer.0.ln_1.weight</c>.</summary>
    public string Name { get; }

    /// <summary>The element type in the file.</summary>
    public ArrayElementType Type => _view.Type;

    /// <summary>The length of each dimension, outermost first; empty for a single number.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The number of elements.</summary>
    public int Count => _view.Count;

    /// <summary>Reads the values as float32 in C order; half, bfloat16, float64, integers and booleans are converted.</summary>
    /// <exception cref="KarlFormatException">The file is damaged.</exception>
    public float[] ReadFloat32()
    {
        var values = GC.AllocateUninitializedArray<float>(Count);
        ReadFloat32(values);
        return values;
    }

    /// <summary>Reads the values as float32 into memory of the caller, <see cref="Count"/> elements.</summary>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    /// <exception cref="KarlFormatException">The file is damaged.</exception>
    public void ReadFloat32(Span<float> destination)
    {
        if (destination.Length != Count)
        {
            throw new ArgumentException($"'{Name}' has {Count} elements; the destination has {destination.Length}.", nameof(destination));
        }

        if (Type == ArrayElementType.Float32)
        {
            _view.Read(MemoryMarshal.AsBytes(destination));
        }
        else if (_view.IsContiguous)
        {
            var size = Type.SizeInBytes();
            var chunk = new byte[Math.Min(Count, ChunkElements) * size];
            for (var start = 0; start < Count; start += ChunkElements)
            {
                var count = Math.Min(ChunkElements, Count - start);
                _view.ReadContiguous(start, chunk.AsSpan(0, count * size));
                ElementConversion.ToFloat32(Type, chunk.AsSpan(0, count * size), destination.Slice(start, count));
            }
        }
        else
        {
            ElementConversion.ToFloat32(Type, ReadBytes(), destination);
        }
    }

    /// <summary>Reads integers or booleans as int64 in C order.</summary>
    /// <exception cref="KarlFormatException">The values are floating-point numbers or too large, or the file is damaged.</exception>
    public long[] ReadInt64()
    {
        var values = new long[Count];
        return ElementConversion.ToInt64(Type, ReadBytes(), values)
            ? values
            : throw new KarlFormatException($"'{Name}' holds {Type} values, which are not all int64 numbers. Read it with ReadFloat32.");
    }

    /// <summary>Reads the values as they are stored: little-endian, C order.</summary>
    /// <exception cref="KarlFormatException">The file is damaged.</exception>
    public byte[] ReadBytes()
    {
        var bytes = GC.AllocateUninitializedArray<byte>(_view.ByteCount);
        _view.Read(bytes);
        return bytes;
    }

    /// <summary>Name, type and shape: <c>latent_tokens Float32 [512, 1024]</c>.</summary>
    public override string ToString() => $"{Name} {Type} {ArrayShape.Print([.. Shape])}";
}
