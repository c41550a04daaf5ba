namespace Karl.Tokenizers.Imaging.Internals;

/// <summary>An accepted file format, recognized by its first bytes, with the one libvips loader that will see them.</summary>
/// <remarks>Naming the loader ourselves keeps every other loader of libvips (SVG, PDF, ImageMagick and so on) away from files from outside.</remarks>
internal sealed record ImageFormat(string Name, string Loader, string FailOn = "truncated")
{
    public const string Names = "a JPEG, PNG, WebP, GIF or TIFF image";

    private static readonly ImageFormat Jpeg = new("JPEG", "jpegload_buffer");
    private static readonly ImageFormat Png = new("PNG", "pngload_buffer");
    private static readonly ImageFormat WebP = new("WebP", "webpload_buffer");
    private static readonly ImageFormat Gif = new("GIF", "gifload_buffer");

    // Cut off is an error, a mere warning is not: cameras and editors write many files that deserve one.
    // For TIFF "truncated" is not enough: strips that cannot be decoded would come out grey.
    private static readonly ImageFormat Tiff = new("TIFF", "tiffload_buffer", FailOn: "error");

    public static ImageFormat? Recognize(ReadOnlySpan<byte> file) => file switch
    {
        [0xFF, 0xD8, 0xFF, ..] => Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Png,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => WebP,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => Gif,
        [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => Tiff,
        _ => null,
    };

    /// <summary>What else the bytes may be, for the error message.</summary>
    public static string Describe(ReadOnlySpan<byte> file) => file switch
    {
        [] => "an empty file",
        [(byte)'B', (byte)'M', ..] => "a BMP image",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "a PDF document",
        [(byte)'P', (byte)'K', 3, 4, ..] => "a zip archive",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "a HEIF, AVIF or MP4 file",
        [(byte)'<', ..] or [(byte)'{', ..] => "text",
        { Length: < 8 } => $"{file.Length} bytes ({Convert.ToHexString(file)})",
        _ => $"unknown data starting with {Convert.ToHexString(file[..8])}",
    };
}
