using System.IO.Compression;
using Karl.Tokenizers.Internals;

namespace Karl.Tokenizers.Arrays.Internals;

/// <summary>Whole entries of an archive as bytes, checked against length and checksum.</summary>
internal static class ZipEntryReader
{
    private const int ChunkLength = 1 << 20;

    /// <summary>Reads, unpacks where needed and verifies one entry of at most <paramref name="maximumLength"/> bytes.</summary>
    public static byte[] ReadAll(this ZipDirectory directory, ZipEntry entry, int maximumLength, bool verifyChecksum = true)
    {
        var source = directory.Source;
        if (entry.Length > maximumLength || entry.StoredLength > maximumLength)
        {
            throw new KarlFormatException(
                $"'{source.Name}': '{Printable.Shorten(entry.Name)}' holds {Math.Max(entry.Length, entry.StoredLength)} bytes; at most {maximumLength} are read. Raise the limit if the file is trusted.");
        }

        var offset = directory.LocateData(entry);
        var bytes = entry.IsDeflated
            ? Inflate(source, entry, offset)
            : source.ReadArray(offset, (int)entry.Length);
        if (verifyChecksum && Crc32.Append(0, bytes) != entry.Checksum)
        {
            throw RefuseChecksum(source, entry);
        }

        return bytes;
    }

    /// <summary>Reads a stored entry through once, keeping nothing, and compares its checksum.</summary>
    public static void VerifyStored(this ZipDirectory directory, ZipEntry entry)
    {
        var offset = directory.LocateData(entry);
        var buffer = new byte[Math.Min(ChunkLength, entry.Length)];
        var checksum = 0u;
        for (var done = 0L; done < entry.Length;)
        {
            var chunk = buffer.AsSpan(0, (int)Math.Min(buffer.Length, entry.Length - done));
            directory.Source.ReadExactly(offset + done, chunk);
            checksum = Crc32.Append(checksum, chunk);
            done += chunk.Length;
        }

        if (checksum != entry.Checksum)
        {
            throw RefuseChecksum(directory.Source, entry);
        }
    }

    /// <summary>The refusal of an entry whose bytes are not those that were written.</summary>
    public static KarlFormatException RefuseChecksum(ByteSource source, ZipEntry entry)
        => new($"'{source.Name}': the bytes of '{Printable.Shorten(entry.Name)}' do not match their checksum {entry.Checksum:x8}. The file is damaged: fetch or write it again.");

    private static byte[] Inflate(ByteSource source, ZipEntry entry, long offset)
    {
        var packed = source.ReadArray(offset, (int)entry.StoredLength);
        var bytes = GC.AllocateUninitializedArray<byte>((int)entry.Length);
        int read;
        bool hasMore;
        try
        {
            using var stream = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
            read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            hasMore = stream.ReadByte() >= 0;
        }
        catch (InvalidDataException error)
        {
            throw new KarlFormatException($"'{source.Name}': '{Printable.Shorten(entry.Name)}' does not unpack. The file is damaged: fetch or write it again.", error);
        }

        return read == bytes.Length && !hasMore
            ? bytes
            : throw new KarlFormatException(
                $"'{source.Name}': '{Printable.Shorten(entry.Name)}' unpacks to {(hasMore ? "more than" : "only")} {read} bytes; {bytes.Length} are declared. The file is damaged or was tampered with.");
    }
}
