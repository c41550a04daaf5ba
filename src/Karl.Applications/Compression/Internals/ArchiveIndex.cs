using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Karl.Tokenizers.Internals;

namespace Karl.Applications.Compression.Internals;

/// <summary>The end of a token archive: a name, a length and a checksum for each image, then where all that begins. docs/compression.md describes it byte by byte.</summary>
internal static class ArchiveIndex
{
    /// <summary>Length of the last part of the file.</summary>
    public const int FooterLength = 28;

    private const int LongestName = 4096, ChecksumLength = 4, LeastEntry = ChecksumLength + 3;

    private static ReadOnlySpan<byte> Magic => "KTAEND\x0D\x0A"u8;

    public static void RequireName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (Encoding.UTF8.GetByteCount(name) > LongestName)
        {
            throw new ArgumentException($"A name has {Encoding.UTF8.GetByteCount(name)} bytes; at most {LongestName} fit into an archive.", nameof(name));
        }
    }

    /// <summary>What an entry takes besides its name.</summary>
    public static int BytesBesideName(int length)
    {
        int bytes = 1;
        for (; length >= 0x80; length >>= 7)
        {
            bytes++;
        }

        return bytes + ChecksumLength;
    }

    /// <summary>Appends an entry; of its name only what differs from the one before.</summary>
    public static void Append(ArrayBufferWriter<byte> index, string lastName, TokenArchiveEntry entry)
    {
        byte[] name = Encoding.UTF8.GetBytes(entry.Name);
        int same = name.AsSpan().CommonPrefixLength(Encoding.UTF8.GetBytes(lastName));
        VariableNumber.Write(index, same);
        VariableNumber.Write(index, name.Length - same);
        index.Write(name.AsSpan(same));
        VariableNumber.Write(index, entry.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(index.GetSpan(ChecksumLength), entry.Checksum);
        index.Advance(ChecksumLength);
    }

    public static byte[] Footer(ReadOnlySpan<byte> index, long offset, int count)
    {
        byte[] footer = new byte[FooterLength];
        BinaryPrimitives.WriteInt64LittleEndian(footer, offset);
        BinaryPrimitives.WriteInt32LittleEndian(footer.AsSpan(8), index.Length);
        BinaryPrimitives.WriteInt32LittleEndian(footer.AsSpan(12), count);
        BinaryPrimitives.WriteUInt32LittleEndian(footer.AsSpan(16), Crc32.Append(Crc32.Append(0, index), footer.AsSpan(0, 16)));
        Magic.CopyTo(footer.AsSpan(20));
        return footer;
    }

    /// <summary>Reads all entries.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="headerLength">Where the first image begins.</param>
    /// <param name="archive">How messages call the file.</param>
    public static TokenArchiveEntry[] Read(Stream stream, int headerLength, string archive)
    {
        Span<byte> footer = stackalloc byte[FooterLength];
        long footerOffset = stream.Length - FooterLength;
        if (footerOffset < headerLength)
        {
            throw ArchiveHeader.Damaged(archive, "it ends too early");
        }

        stream.Position = footerOffset;
        stream.ReadExactly(footer);
        long offset = BinaryPrimitives.ReadInt64LittleEndian(footer);
        int length = BinaryPrimitives.ReadInt32LittleEndian(footer[8..]), count = BinaryPrimitives.ReadInt32LittleEndian(footer[12..]);
        if (!footer[20..].SequenceEqual(Magic) || offset < headerLength || length < 0 || offset != footerOffset - length || count < 0 || count > length / LeastEntry)
        {
            throw ArchiveHeader.Damaged(archive, "its end is not that of an archive");
        }

        byte[] index = new byte[length];
        stream.Position = offset;
        stream.ReadExactly(index);
        if (Crc32.Append(Crc32.Append(0, index), footer[..16]) != BinaryPrimitives.ReadUInt32LittleEndian(footer[16..]))
        {
            throw ArchiveHeader.Damaged(archive, "the checksum of its index is wrong");
        }

        try
        {
            return Entries(index, count, headerLength, offset);
        }
        catch (FormatException exception)
        {
            throw ArchiveHeader.Damaged(archive, exception.Message, exception);
        }
    }

    private static TokenArchiveEntry[] Entries(ReadOnlySpan<byte> index, int count, long offset, long end)
    {
        TokenArchiveEntry[] entries = new TokenArchiveEntry[count];
        byte[] name = new byte[LongestName];
        int last = 0;
        for (int number = 0; number < count; number++)
        {
            int same = VariableNumber.Read(ref index), rest = VariableNumber.Read(ref index);
            Require(same <= last && rest <= index.Length && same + (long)rest is > 0 and <= LongestName, "a name in its index cannot be");
            index[..rest].CopyTo(name.AsSpan(same));
            last = same + rest;
            index = index[rest..];
            int length = VariableNumber.Read(ref index);
            Require(index.Length >= ChecksumLength && length <= end - offset, "an image reaches into its index");
            entries[number] = new TokenArchiveEntry(
                Encoding.UTF8.GetString(name, 0, last), offset, length, BinaryPrimitives.ReadUInt32LittleEndian(index), BytesBesideName(length));
            index = index[ChecksumLength..];
            offset += length;
        }

        Require(index.IsEmpty && offset == end, "its index does not fit its images");
        return entries;
    }

    private static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw new FormatException(problem);
        }
    }
}
