namespace Karl.Applications.Compression;

/// <summary>One image in a token archive.</summary>
/// <param name="Name">Its path, as it was given when it was compressed.</param>
/// <param name="Offset">Where its bytes begin in the file.</param>
/// <param name="Length">How many bytes its tokens take; 0 where they are exactly what was expected.</param>
/// <param name="Checksum">CRC-32 of these bytes.</param>
/// <param name="IndexBytes">What the index takes for it besides its name: length and checksum.</param>
public sealed record TokenArchiveEntry(string Name, long Offset, int Length, uint Checksum, int IndexBytes)
{
    /// <summary>What the archive takes for it besides its name.</summary>
    public int Bytes => Length + IndexBytes;
}
