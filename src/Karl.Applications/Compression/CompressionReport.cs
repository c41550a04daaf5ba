using System.Collections.Immutable;
using Karl.Applications.Compression.Internals;

namespace Karl.Applications.Compression;

/// <summary>What compressing a set of images gave, told straight.</summary>
public sealed class CompressionReport
{
    internal CompressionReport(TokenArchiveSettings settings, ImmutableArray<ComparedImage> images, int headerBytes, long fileBytes)
    {
        Settings = settings;
        Images = [.. images.Where(image => image.Entry is not null)];
        BrokenCount = images.Length - Images.Length;
        HeaderBytes = headerBytes;
        FileBytes = fileBytes;
        TokenBytes = Images.Sum(image => (long)image.Entry!.Length);
    }

    /// <summary>What all images have in common.</summary>
    public TokenArchiveSettings Settings { get; }

    /// <summary>Every image in the archive.</summary>
    public ImmutableArray<ComparedImage> Images { get; }

    /// <summary>Images that could not be read.</summary>
    public int BrokenCount { get; }

    /// <summary>What the archive's head takes.</summary>
    public int HeaderBytes { get; }

    /// <summary>What the whole archive takes, names included.</summary>
    public long FileBytes { get; }

    /// <summary>What the tokens of all images take.</summary>
    public long TokenBytes { get; }

    /// <summary>What the tokens would take without entropy coding, in bits: <see cref="ComparedImage.PlainBits"/> of all.</summary>
    public double PlainBits => Images.Sum(image => image.PlainBits);

    /// <summary>What a perfect coder would take, in bits: <see cref="ComparedImage.IdealBits"/> of all.</summary>
    public double IdealBits => Images.Sum(image => image.IdealBits);

    /// <summary>The report as Markdown.</summary>
    public override string ToString() => CompressionText.Write(this);
}
