namespace Karl.Tokenizers.Arrays.Internals;

/// <summary>One file in a zip archive as its directory declares it.</summary>
/// <param name="Name">Path with forward slashes, known to stay inside the archive.</param>
/// <param name="IsDeflated">Compressed; otherwise its bytes lie in the archive as they are.</param>
/// <param name="Checksum">CRC-32 of the uncompressed bytes.</param>
/// <param name="StoredLength">Bytes in the archive.</param>
/// <param name="Length">Bytes once uncompressed.</param>
/// <param name="HeaderOffset">Where its local header starts.</param>
/// <param name="Limit">Where the next entry or the directory starts: its bytes must end before.</param>
internal sealed record ZipEntry(string Name, bool IsDeflated, uint Checksum, long StoredLength, long Length, long HeaderOffset, long Limit)
{
    /// <summary>Deflate cannot do better than this; a higher declared ratio is a lie.</summary>
    public const long BestDeflateRatio = 1032;
}
