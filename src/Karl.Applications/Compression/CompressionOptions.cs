using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Compression;

/// <summary>How images are compressed.</summary>
public sealed record CompressionOptions
{
    /// <summary>How they are tokenized; must be what the archive was made for.</summary>
    public TokenizeOptions Tokenizing { get; init; } = new();

    /// <summary>Whether each image is decoded and compared with JPEG and WebP, which takes far longer than to compress it.</summary>
    public bool Compare { get; init; } = true;

    /// <summary>How many of the images, the first ones, are kept in memory to be shown on sheets; only where they are compared.</summary>
    public int SheetImages { get; init; } = 24;
}
