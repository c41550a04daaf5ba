using System.Buffers;
using System.Diagnostics;
using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Tokenization.Internals;

/// <summary>An image file read, decoded and brought to the model's square, in a rented array; or why it could not be.</summary>
internal sealed class PreparedImage
{
    private PreparedImage(string path, float[]? pixels, Exception? error, TimeSpan elapsed)
    {
        Path = path;
        Pixels = pixels;
        Error = error;
        Elapsed = elapsed;
    }

    public string Path { get; }

    public float[]? Pixels { get; private set; }

    public Exception? Error { get; }

    public TimeSpan Elapsed { get; }

    public static PreparedImage Read(string path, IImageDecoder decoder, ImagePreprocessor preprocessor, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            RgbImage image = decoder.Decode(path, cancellationToken);
            float[] pixels = ArrayPool<float>.Shared.Rent(preprocessor.ValueCount);
            preprocessor.Process(image, pixels.AsSpan(0, preprocessor.ValueCount));
            return new PreparedImage(path, pixels, null, Stopwatch.GetElapsedTime(start));
        }
        catch (Exception exception) when (exception is KarlFormatException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or InvalidDataException)
        {
            return new PreparedImage(path, null, exception, Stopwatch.GetElapsedTime(start));
        }
    }

    /// <summary>Copies the pixels away and gives the array back.</summary>
    public void MoveTo(Span<float> destination)
    {
        float[] pixels = Pixels ?? throw new InvalidOperationException("This image could not be read.");
        Pixels = null;
        pixels.AsSpan(0, destination.Length).CopyTo(destination);
        ArrayPool<float>.Shared.Return(pixels);
    }
}
