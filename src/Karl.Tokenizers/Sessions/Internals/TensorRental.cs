using System.Buffers;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Tokenizers.Sessions.Internals;

/// <summary>A tensor over a rented array, given back when disposed. Its content is what the last user left.</summary>
internal readonly struct TensorRental<T> : IDisposable
    where T : unmanaged
{
    private readonly T[]? _array;
    private readonly int _length;
    private readonly OrtValue? _value;

    /// <summary>Rents a tensor of a shape, which may have lengths of 0.</summary>
    public TensorRental(params ReadOnlySpan<long> shape)
    {
        long length = 1;
        foreach (long part in shape)
        {
            length = checked(length * part);
        }

        _length = checked((int)length);
        _array = ArrayPool<T>.Shared.Rent(Math.Max(1, _length));
        _value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _array.AsMemory(0, _length), shape.ToArray());
    }

    /// <summary>All elements, C order.</summary>
    /// <remarks>Empty where nothing was rented.</remarks>
    public Span<T> Span => _array.AsSpan(0, _length);

    public OrtValue Value => _value ?? throw new InvalidOperationException("Nothing was rented.");

    public void Dispose()
    {
        _value?.Dispose();
        if (_array is not null)
        {
            ArrayPool<T>.Shared.Return(_array);
        }
    }
}
