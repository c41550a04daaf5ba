using Karl.Tokenizers.Imaging.Internals.Resizing;

namespace Karl.Tokenizers.Imaging;

/// <summary>Resizes images and parts of them to any size with PIL's antialiased filters, bit for bit as <see cref="ImagePreprocessor"/> does.</summary>
public static class ImageResizer
{
    /// <summary>Resizes a whole image; its sides need not keep their ratio.</summary>
    /// <param name="image">Image of any size.</param>
    /// <param name="width">Wanted width in pixels, at least 1.</param>
    /// <param name="height">Wanted height in pixels, at least 1.</param>
    /// <param name="resampling">Filter.</param>
    public static RgbImage Resize(RgbImage image, int width, int height, Resampling resampling = Resampling.Bicubic)
    {
        ArgumentNullException.ThrowIfNull(image);
        RgbImage result = new(width, height);
        Resizer.ResizeArea(image, new PixelArea(0, 0, image.Width, image.Height), width, height, resampling, result.Pixels.Span);
        return result;
    }

    /// <summary>Cuts an area out and resizes it; pixels outside the area have no part in the result.</summary>
    /// <param name="image">Image of any size.</param>
    /// <param name="area">What to cut out, inside the image.</param>
    /// <param name="width">Wanted width in pixels, at least 1.</param>
    /// <param name="height">Wanted height in pixels, at least 1.</param>
    /// <param name="resampling">Filter.</param>
    /// <param name="destination"><c>[height, width, 3]</c>, at least <c>3 * height * width</c> bytes.</param>
    /// <exception cref="ArgumentException">The area reaches over an edge, or the destination is too small.</exception>
    public static void Resize(RgbImage image, PixelArea area, int width, int height, Resampling resampling, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(image);
        int needed = RgbImage.ByteCount(width, height);
        if (area.Left < 0 || area.Top < 0 || area.Width < 1 || area.Height < 1 || area.Width > image.Width - area.Left || area.Height > image.Height - area.Top)
        {
            throw new ArgumentException($"The area is {area}; an area inside the image of {image.Width} x {image.Height} was expected.", nameof(area));
        }

        if (destination.Length < needed)
        {
            throw new ArgumentException($"The destination holds {destination.Length} bytes; [{height}, {width}, 3] needs {needed}.", nameof(destination));
        }

        Resizer.ResizeArea(image, area, width, height, resampling, destination[..needed]);
    }
}
