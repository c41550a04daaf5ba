namespace Karl.Tokenizers.Imaging;

/// <summary>What a file from outside may ask for. A file beyond a limit is refused from its size or its header, before pixels are decoded.</summary>
public sealed record ImageLimits
{
    /// <summary>Width times height; 100 million by default.</summary>
    /// <remarks>
    /// Decoding takes about 3 bytes per pixel for most files and up to 15 for progressive JPEG, interlaced PNG and rotated images:
    /// raise it and a small hostile file may take that much more memory.
    /// </remarks>
    public long MaximumPixels { get; init; } = 100_000_000;

    /// <summary>Bytes of the encoded file; 256 MiB by default. Raise it for large uncompressed TIFFs.</summary>
    public long MaximumFileBytes { get; init; } = 256L << 20;
}
