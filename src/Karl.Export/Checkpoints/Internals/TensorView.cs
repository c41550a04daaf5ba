using Karl.Tokenizers;
using Karl.Tokenizers.Arrays;

namespace Karl.Export.Checkpoints.Internals;

/// <summary>Shape and strides over a storage; known to stay inside it. Strides and offset count elements.</summary>
internal sealed class TensorView
{
    private readonly TensorStorage _storage;
    private readonly long _offset;
    private readonly long[] _strides;
    private readonly int _size;

    public TensorView(TensorStorage storage, ArrayElementType type, long offset, long[] shape, long[] strides, int count)
    {
        _storage = storage;
        _offset = offset;
        _strides = strides;
        _size = type.SizeInBytes();
        Type = type;
        Shape = shape;
        Count = count;
        IsContiguous = DecideContiguous();
    }

    public ArrayElementType Type { get; }

    public long[] Shape { get; }

    public int Count { get; }

    public int ByteCount => checked(Count * _size);

    /// <summary>Whether the elements lie in the storage as they are wanted, one after the other.</summary>
    public bool IsContiguous { get; }

    /// <summary>The strides of a shape in C order.</summary>
    public static long[] ContiguousStrides(long[] shape)
    {
        var strides = new long[shape.Length];
        var stride = 1L;
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= Math.Max(1, shape[axis]);
        }

        return strides;
    }

    /// <summary>Reads all elements in C order.</summary>
    public void Read(Span<byte> destination)
    {
        if (Count == 0)
        {
            return;
        }

        if (IsContiguous)
        {
            _storage.Read(_offset * _size, destination);
            return;
        }

        var span = 1L;
        for (var axis = 0; axis < Shape.Length; axis++)
        {
            span += (Shape[axis] - 1) * _strides[axis];
        }

        if (span > Array.MaxLength / _size)
        {
            throw new KarlFormatException($"A view spans {span} elements of its storage, too many to rearrange. Re-save the tensor after .contiguous().");
        }

        var region = GC.AllocateUninitializedArray<byte>((int)span * _size);
        _storage.Read(_offset * _size, region);
        Gather(region, destination);
    }

    /// <summary>Reads consecutive elements of a contiguous view.</summary>
    public void ReadContiguous(int start, Span<byte> destination) => _storage.Read((_offset + start) * _size, destination);

    private void Gather(ReadOnlySpan<byte> region, Span<byte> destination)
    {
        Span<long> index = stackalloc long[Shape.Length];
        index.Clear();
        var from = 0L;
        for (var to = 0; to < destination.Length; to += _size)
        {
            region.Slice((int)from * _size, _size).CopyTo(destination[to..]);
            for (var axis = Shape.Length - 1; axis >= 0; axis--)
            {
                from += _strides[axis];
                if (++index[axis] < Shape[axis])
                {
                    break;
                }

                from -= Shape[axis] * _strides[axis];
                index[axis] = 0;
            }
        }
    }

    private bool DecideContiguous()
    {
        var expected = ContiguousStrides(Shape);
        for (var axis = 0; axis < Shape.Length; axis++)
        {
            if (Shape[axis] > 1 && _strides[axis] != expected[axis])
            {
                return false;
            }
        }

        return true;
    }
}
