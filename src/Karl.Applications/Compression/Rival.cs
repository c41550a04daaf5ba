using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;

namespace Karl.Applications.Compression;

/// <summary>Formats that tokens are compared with.</summary>
public enum RivalFormat
{
    /// <summary>Baseline JPEG with tables made for the image, without metadata.</summary>
    Jpeg,

    /// <summary>Lossy WebP without metadata.</summary>
    WebP,
}

/// <summary>An image as a file of another format.</summary>
/// <param name="Side">Height and width in pixels at which it was encoded; the image's own, or fewer, enlarged again (bicubic both ways) before it is compared.</param>
/// <param name="Quality">The format's quality, 0 or 1 to 100.</param>
/// <param name="Bytes">What the whole file takes.</param>
/// <param name="Comparison">What came back beside what the model saw.</param>
/// <param name="Image">What came back, of the image's own size; null where it is not shown.</param>
public sealed record Rival(int Side, int Quality, int Bytes, ImageComparison Comparison, RgbImage? Image);

/// <summary>What another format can do for one image.</summary>
/// <param name="Whole">The closest of all pixels that takes no more bytes than the tokens; null where none does.</param>
/// <param name="AnySize">The closest at any size that takes no more bytes than the tokens; null where none does.</param>
/// <param name="SmallestWhole">Bytes of the smallest file of all pixels.</param>
/// <param name="Smallest">The smallest file at any size.</param>
/// <param name="AsCloseBytes">Bytes of the smallest file, at any size, whose L1 is at most that of the tokens; null where none is.</param>
public sealed record RivalResult(Rival? Whole, Rival? AnySize, int SmallestWhole, Rival Smallest, int? AsCloseBytes);
