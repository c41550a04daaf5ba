namespace Karl.Tokenizers.Bundles.Internals;

/// <summary>The little of the zip format (PKWARE APPNOTE 6.3) that a bundle uses: stored entries, no 64-bit extension, no comment needed.</summary>
/// <remarks>Read here rather than by System.IO.Compression so that sizes are checked before anything is read.</remarks>
internal static class StoredZip
{
    public const uint LocalSignature = 0x04034b50;
    public const uint CentralSignature = 0x02014b50;
    public const uint EndSignature = 0x06054b50;

    public const int LocalLength = 30;
    public const int CentralLength = 46;
    public const int EndLength = 22;

    public const ushort StoredMethod = 0;
    public const ushort EncryptedFlag = 1;
}

/// <summary>One entry of a zip file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="HeaderOffset">Where its local header begins.</param>
/// <param name="Bytes">Length of its content.</param>
/// <param name="Checksum">CRC-32 of its content.</param>
internal sealed record StoredZipEntry(string Name, long HeaderOffset, long Bytes, uint Checksum);
