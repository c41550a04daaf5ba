namespace Karl.Tokenizers.Imaging;

/// <summary>Between 8-bit interleaved RGB and the networks' float32 planes <c>[3, height, width]</c>, red, green, blue, 0 to 1.</summary>
public static class PlanarPixels
{
    private static readonly float[] Unit = [.. Enumerable.Range(0, 256).Select(value => value / 255f)];

    /// <summary>Bytes to planes, each value <c>float32(x) / 255</c> as torchvision's <c>to_tensor</c> computes it.</summary>
    /// <param name="image">Image of any size.</param>
    /// <param name="destination"><c>[3, height, width]</c>, 0 to 1; exactly as many floats as the image has bytes.</param>
    public static void FromImage(RgbImage image, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(image);
        FromRgb(image.Pixels.Span, destination);
    }

    /// <summary>Bytes <c>[pixels, 3]</c> to planes <c>[3, pixels]</c>.</summary>
    /// <param name="interleaved">Red, green, blue of each pixel.</param>
    /// <param name="destination">All red, all green, all blue; exactly as many floats as there are bytes.</param>
    public static void FromRgb(ReadOnlySpan<byte> interleaved, Span<float> destination)
    {
        if (interleaved.Length % RgbImage.Channels != 0 || destination.Length != interleaved.Length)
        {
            throw new ArgumentException($"{interleaved.Length} bytes of RGB need as many floats; the destination holds {destination.Length}.", nameof(destination));
        }

        int plane = interleaved.Length / RgbImage.Channels;
        ReadOnlySpan<float> unit = Unit;
        Span<float> red = destination[..plane], green = destination.Slice(plane, plane), blue = destination.Slice(2 * plane, plane);
        for (int i = 0; i < red.Length; i++)
        {
            ReadOnlySpan<byte> pixel = interleaved.Slice(i * RgbImage.Channels, RgbImage.Channels);
            red[i] = unit[pixel[0]];
            green[i] = unit[pixel[1]];
            blue[i] = unit[pixel[2]];
        }
    }

    /// <summary>Planes to an image, each value <c>uint8(clip(255 x, 0, 255))</c>: truncated, as the original writes its reconstructions. NaN becomes 0.</summary>
    /// <param name="planes"><c>[3, height, width]</c>, about 0 to 1; values outside are clipped.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    public static RgbImage ToImage(ReadOnlySpan<float> planes, int width, int height)
    {
        RgbImage image = new(width, height);
        Span<byte> pixels = image.Pixels.Span;
        if (planes.Length != pixels.Length)
        {
            throw new ArgumentException($"An image of {width} x {height} needs {pixels.Length} floats; {planes.Length} were given.", nameof(planes));
        }

        int plane = planes.Length / RgbImage.Channels;
        for (int i = 0; i < plane; i++)
        {
            pixels[i * 3] = Truncate(planes[i]);
            pixels[(i * 3) + 1] = Truncate(planes[plane + i]);
            pixels[(i * 3) + 2] = Truncate(planes[(2 * plane) + i]);
        }

        return image;
    }

    private static byte Truncate(float value)
    {
        float scaled = value * 255f;
        return scaled >= 255f ? (byte)255 : scaled > 0f ? (byte)scaled : (byte)0;
    }
}
