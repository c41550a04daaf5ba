namespace Karl.Tokenizers.Imaging;

/// <summary>An 8-bit colour image: red, green, blue interleaved, rows from the top, <c>[height, width, 3]</c>, values 0 to 255.</summary>
public sealed class RgbImage
{
    /// <summary>Channels of a pixel: red, green, blue.</summary>
    public const int Channels = 3;

    /// <summary>Creates a black image.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    public RgbImage(int width, int height)
        : this(width, height, new byte[ByteCount(width, height)])
    {
    }

    /// <summary>Wraps pixels without copying them; whoever holds the memory sees later changes.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="pixels"><c>[height, width, 3]</c>, exactly <c>height * width * 3</c> bytes.</param>
    public RgbImage(int width, int height, Memory<byte> pixels)
    {
        int expected = ByteCount(width, height);
        if (pixels.Length != expected)
        {
            throw new ArgumentException(
                $"An image of {width} x {height} has {expected} bytes of red, green and blue; {pixels.Length} were given.", nameof(pixels));
        }

        Width = width;
        Height = height;
        Pixels = pixels;
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>All pixels, <c>[height, width, 3]</c>, without padding between rows.</summary>
    public Memory<byte> Pixels { get; }

    /// <summary>One row, <c>[width, 3]</c>.</summary>
    /// <param name="y">Row, 0 is the top.</param>
    public Span<byte> Row(int y) => Pixels.Span.Slice(y * Width * Channels, Width * Channels);

    /// <inheritdoc/>
    public override string ToString() => $"{Width} x {Height} RGB";

    internal static int ByteCount(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        long count = (long)width * height * Channels;
        if (count > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(width), $"An image of {width} x {height} would need {count} bytes; at most {Array.MaxLength} fit into one array.");
        }

        return (int)count;
    }
}
