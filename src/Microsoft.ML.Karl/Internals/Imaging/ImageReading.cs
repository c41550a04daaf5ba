using System.Globalization;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Internals.Imaging;

/// <summary>Turns what columns hold into the model's pixels.</summary>
/// <param name="imageSize">Height and width of the model's images.</param>
/// <param name="imageFolder">Where relative paths start; null is the current folder.</param>
/// <param name="pixelScale">What pixels in a column are multiplied with.</param>
internal sealed class ImageReading(int imageSize, string? imageFolder, float pixelScale)
{
    private readonly ImagePreprocessor _preprocessor = new(new ImagePreprocessorOptions { Size = imageSize });
    private readonly ImageDecoder _decoder = new();

    public int ValueCount => _preprocessor.ValueCount;

    /// <summary>An image of any size; null is none. Its pixels are taken at once, so that it may be disposed afterwards.</summary>
    public ImageItem FromImage(MLImage? image, bool background)
    {
        if (image is null)
        {
            return ImageItem.Ready(PreparedPixels.Missing);
        }

        RgbImage pixels = ImagePixels.ToRgb(image);
        return ImageItem.Start(_ => Preprocess(pixels), background);
    }

    /// <summary>A file; an empty path is none.</summary>
    public ImageItem FromPath(ReadOnlyMemory<char> path, bool background)
    {
        if (path.Span.IsWhiteSpace())
        {
            return ImageItem.Ready(PreparedPixels.Missing);
        }

        string full = imageFolder is null ? path.ToString() : Path.Combine(imageFolder, path.ToString());
        return ImageItem.Start(token => Guarded(() => Preprocess(_decoder.Decode(full, token))), background);
    }

    /// <summary>An encoded image; no bytes are none.</summary>
    public ImageItem FromEncoded(in VBuffer<byte> encoded, bool background)
    {
        if (encoded.Length == 0)
        {
            return ImageItem.Ready(PreparedPixels.Missing);
        }

        byte[] bytes = [.. encoded.DenseValues()];
        return ImageItem.Start(token => Guarded(() => Preprocess(_decoder.Decode(bytes, cancellationToken: token))), background);
    }

    /// <summary>The model's pixels; none are none.</summary>
    public ImageItem FromPixels(in VBuffer<float> pixels)
    {
        if (pixels.Length == 0)
        {
            return ImageItem.Ready(PreparedPixels.Missing);
        }

        if (pixels.Length != ValueCount)
        {
            return ImageItem.Ready(PreparedPixels.Unreadable($"There are {pixels.Length} pixel values; 3 x {imageSize} x {imageSize} = {ValueCount} were expected."));
        }

        VBuffer<float> source = pixels;
        PreparedPixels prepared = PreparedPixels.Create(ValueCount, values => source.CopyTo(values.Span));
        if (PixelRange.Scale(prepared.Values.AsSpan(0, ValueCount), pixelScale) is not float wrong)
        {
            return ImageItem.Ready(prepared);
        }

        prepared.Dispose();
        string found = wrong.ToString(CultureInfo.InvariantCulture);
        return ImageItem.Ready(PreparedPixels.Unreadable($"A pixel value is {found}; red, green and blue from 0 to 1 were expected (for bytes, PixelScale = 1 / 255f)."));
    }

    private PreparedPixels Preprocess(RgbImage image) => PreparedPixels.Create(ValueCount, values => _preprocessor.Process(image, values.Span));

    private static PreparedPixels Guarded(Func<PreparedPixels> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is KarlFormatException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return PreparedPixels.Unreadable(exception.Message);
        }
    }
}
