namespace Microsoft.ML.Data;

/// <summary>An image in memory, four bytes a pixel.</summary>
public sealed class MLImage : IDisposable
{
    private const int BytesOfPixel = 4;

    private readonly int _width;
    private readonly int _height;
    private readonly MLPixelFormat _format;
    private byte[]? _pixels;

    private MLImage(int width, int height, MLPixelFormat format, byte[] pixels)
    {
        _width = width;
        _height = height;
        _format = format;
        _pixels = pixels;
    }

    /// <summary>Pixels across.</summary>
    public int Width => OfUsable(_width);

    /// <summary>Pixels down.</summary>
    public int Height => OfUsable(_height);

    /// <summary>Order of a pixel's bytes.</summary>
    public MLPixelFormat PixelFormat => OfUsable(_format);

    /// <summary>The pixels, row after row.</summary>
    public ReadOnlySpan<byte> Pixels => OfUsable(_pixels);

    /// <summary>An image of pixels, which are copied.</summary>
    public static MLImage CreateFromPixels(int width, int height, MLPixelFormat pixelFormat, ReadOnlySpan<byte> imagePixelData)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        return pixelFormat is MLPixelFormat.Bgra32 or MLPixelFormat.Rgba32 && imagePixelData.Length == (long)width * height * BytesOfPixel
            ? new MLImage(width, height, pixelFormat, imagePixelData.ToArray())
            : throw new ArgumentException($"{imagePixelData.Length} bytes are no image of {width} x {height} pixels as {pixelFormat}.", nameof(imagePixelData));
    }

    /// <inheritdoc/>
    public void Dispose() => _pixels = null;

    private T OfUsable<T>(T value) => _pixels is null ? throw new InvalidOperationException("Object is disposed.") : value;
}

/// <summary>Orders of a pixel's bytes.</summary>
public enum MLPixelFormat
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>Blue, green, red, alpha.</summary>
    Bgra32 = 1,

    /// <summary>Red, green, blue, alpha.</summary>
    Rgba32 = 2,
}
