namespace Karl.Tokenizers.Imaging;

/// <summary>Turns encoded images into pixels. <see cref="ImageDecoder"/> is the one that comes with the library; bring another for more formats.</summary>
/// <remarks>
/// Files are not trusted: whatever the bytes are, an implementation returns an image of the size that the file declares
/// or throws <see cref="KarlFormatException"/>, within bounded time and memory. It may be called from many threads at once.
/// </remarks>
public interface IImageDecoder
{
    /// <summary>Decodes an image file.</summary>
    /// <param name="path">File to read.</param>
    /// <param name="cancellationToken">Stops between stretches of rows.</param>
    /// <exception cref="KarlFormatException">The file is no image, is damaged or cut off, or exceeds a limit.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    RgbImage Decode(string path, CancellationToken cancellationToken = default);

    /// <summary>Decodes an encoded image in memory.</summary>
    /// <param name="encoded">The whole file.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="cancellationToken">Stops between stretches of rows.</param>
    /// <exception cref="KarlFormatException">The bytes are no image, are damaged or cut off, or exceed a limit.</exception>
    RgbImage Decode(ReadOnlyMemory<byte> encoded, string name = "image", CancellationToken cancellationToken = default);

    /// <summary>Decodes an encoded image from a stream, which is read to its end and left open.</summary>
    /// <param name="encoded">The whole file, from the current position.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="cancellationToken">Stops between stretches of rows.</param>
    /// <exception cref="KarlFormatException">The bytes are no image, are damaged or cut off, or exceed a limit.</exception>
    RgbImage Decode(Stream encoded, string name = "image", CancellationToken cancellationToken = default);
}
