using System.Buffers;

namespace Microsoft.ML.Karl.Internals.Imaging;

/// <summary>An image as the model sees it, in a rented array; or none; or why there is none.</summary>
internal sealed class PreparedPixels : IDisposable
{
    private float[]? _values;

    private PreparedPixels(float[]? values, string? error)
    {
        _values = values;
        Error = error;
    }

    public static PreparedPixels Missing { get; } = new(null, null);

    public string? Error { get; }

    public bool HasImage => _values is not null;

    /// <summary><c>[3, size, size]</c>, red, green, blue, 0 to 1; and perhaps more behind it.</summary>
    public float[] Values => _values ?? throw new InvalidOperationException("There is no image.");

    /// <summary>Rents an array and has it filled.</summary>
    public static PreparedPixels Create(int valueCount, Action<Memory<float>> fill)
    {
        float[] values = ArrayPool<float>.Shared.Rent(valueCount);
        try
        {
            fill(values.AsMemory(0, valueCount));
            return new PreparedPixels(values, null);
        }
        catch
        {
            ArrayPool<float>.Shared.Return(values);
            throw;
        }
    }

    public static PreparedPixels Unreadable(string error) => new(null, error);

    public void Dispose()
    {
        if (_values is float[] values)
        {
            _values = null;
            ArrayPool<float>.Shared.Return(values);
        }
    }
}
