using Karl.Tokenizers.Imaging;
using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Internals.Imaging;

/// <summary>Between ML.NET's images, four bytes a pixel, and red, green, blue.</summary>
internal static class ImagePixels
{
    private const int BytesOfPixel = 4;

    /// <summary>Alpha is dropped.</summary>
    public static RgbImage ToRgb(MLImage image)
    {
        RgbImage result = new(image.Width, image.Height);
        ReadOnlySpan<byte> source = image.Pixels;
        Span<byte> target = result.Pixels.Span;
        (int red, int blue) = image.PixelFormat == MLPixelFormat.Bgra32 ? (2, 0) : (0, 2);
        for (int from = 0, to = 0; to < target.Length; from += BytesOfPixel, to += RgbImage.Channels)
        {
            target[to] = source[from + red];
            target[to + 1] = source[from + 1];
            target[to + 2] = source[from + blue];
        }

        return result;
    }

    /// <summary>Opaque.</summary>
    public static MLImage FromRgb(RgbImage image)
    {
        ReadOnlySpan<byte> source = image.Pixels.Span;
        byte[] target = new byte[image.Width * image.Height * BytesOfPixel];
        for (int from = 0, to = 0; to < target.Length; from += RgbImage.Channels, to += BytesOfPixel)
        {
            source.Slice(from, RgbImage.Channels).CopyTo(target.AsSpan(to));
            target[to + RgbImage.Channels] = byte.MaxValue;
        }

        return MLImage.CreateFromPixels(image.Width, image.Height, MLPixelFormat.Rgba32, target);
    }
}
