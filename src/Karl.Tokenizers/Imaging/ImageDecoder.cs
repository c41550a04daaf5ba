using System.Globalization;
using Karl.Tokenizers.Imaging.Internals;
using Karl.Tokenizers.Imaging.Internals.Vips;

namespace Karl.Tokenizers.Imaging;

/// <summary>Decodes JPEG, PNG, WebP, GIF (first frame) and TIFF (first page) with libvips into 8-bit RGB.</summary>
/// <remarks>
/// Grey is replicated, palettes are expanded, alpha is dropped or composited (<see cref="ImageDecoderOptions.Background"/>),
/// 16 bit becomes 8 bit by value / 257 rounded, CMYK becomes (1 - ink) (1 - black) as in PIL. Colour profiles are not applied, as in PIL.
/// A file that ends early is refused rather than shown half grey; harmless warnings are not errors.
/// </remarks>
public sealed class ImageDecoder : IImageDecoder
{
    private readonly ImageDecoderOptions _options;

    /// <summary>Creates a decoder; it holds nothing but its options and serves any number of threads.</summary>
    public ImageDecoder(ImageDecoderOptions? options = null) => _options = options ?? new ImageDecoderOptions();

    /// <inheritdoc/>
    public RgbImage Decode(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        return Decode(stream, path, cancellationToken);
    }

    /// <inheritdoc/>
    public RgbImage Decode(Stream encoded, string name = "image", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(encoded);
        byte[] bytes = BoundedReader.ReadAll(encoded, _options.Limits.MaximumFileBytes, name, cancellationToken);
        return Decode(bytes, name, cancellationToken);
    }

    /// <inheritdoc/>
    public RgbImage Decode(ReadOnlyMemory<byte> encoded, string name = "image", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (encoded.Length > _options.Limits.MaximumFileBytes)
        {
            throw BoundedReader.TooLarge(name, encoded.Length, _options.Limits.MaximumFileBytes);
        }

        ImageFormat format = ImageFormat.Recognize(encoded.Span)
            ?? throw new KarlFormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"Image '{name}': found {ImageFormat.Describe(encoded.Span)}, wanted {ImageFormat.Names}; convert it to one of these or leave it out."));
        return VipsDecoder.Decode(encoded.Span, name, format, _options, cancellationToken);
    }
}
