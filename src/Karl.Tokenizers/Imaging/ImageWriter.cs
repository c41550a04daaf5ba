using System.Globalization;
using Karl.Tokenizers.Imaging.Internals;
using Karl.Tokenizers.Imaging.Internals.Vips;

namespace Karl.Tokenizers.Imaging;

/// <summary>Writes images as PNG or JPEG, and encodes WebP. A file is there whole or not at all.</summary>
public static class ImageWriter
{
    /// <summary>Quality of a JPEG where none is asked for; more is larger and closer to the image, 1 to 100.</summary>
    public const int DefaultJpegQuality = 90;

    /// <summary>Writes a file in the format that its name ends with: <c>.png</c>, <c>.jpg</c> or <c>.jpeg</c>.</summary>
    /// <param name="image">What to write.</param>
    /// <param name="path">Where; missing folders are made, an existing file is replaced.</param>
    /// <param name="jpegQuality">1 to 100, for JPEG only.</param>
    /// <exception cref="ArgumentException">The name ends otherwise.</exception>
    public static void Write(RgbImage image, string path, int jpegQuality = DefaultJpegQuality)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] encoded = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".png" => EncodePng(image),
            ".jpg" or ".jpeg" => EncodeJpeg(image, jpegQuality),
            string other => throw new ArgumentException($"'{path}' ends with '{other}'; an image is written as .png, .jpg or .jpeg.", nameof(path)),
        };
        WholeFile.Write(path, encoded);
    }

    /// <summary>The bytes of a PNG file, lossless.</summary>
    public static byte[] EncodePng(RgbImage image) => VipsEncoder.Encode(image, "pngsave_buffer");

    /// <summary>The bytes of a baseline JPEG file.</summary>
    /// <param name="image">What to encode.</param>
    /// <param name="quality">1 to 100.</param>
    public static byte[] EncodeJpeg(RgbImage image, int quality = DefaultJpegQuality)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        return VipsEncoder.Encode(image, "jpegsave_buffer", ("Q", quality.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>The bytes of a JPEG file that is as small as its quality allows: tables made for the image, no metadata.</summary>
    /// <param name="image">What to encode.</param>
    /// <param name="quality">1 to 100.</param>
    public static byte[] EncodeSmallJpeg(RgbImage image, int quality)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        return VipsEncoder.Encode(image, "jpegsave_buffer", ("Q", quality.ToString(CultureInfo.InvariantCulture)), ("optimize_coding", "true"), ("strip", "true"));
    }

    /// <summary>The bytes of a lossy WebP file without metadata.</summary>
    /// <param name="image">What to encode.</param>
    /// <param name="quality">0 to 100.</param>
    public static byte[] EncodeWebP(RgbImage image, int quality)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        return VipsEncoder.Encode(image, "webpsave_buffer", ("Q", quality.ToString(CultureInfo.InvariantCulture)), ("effort", "4"), ("strip", "true"));
    }
}
