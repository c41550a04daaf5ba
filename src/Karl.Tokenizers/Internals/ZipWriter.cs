using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Karl.Tokenizers.Internals;

/// <summary>A zip archive of uncompressed entries in one forward pass; dates are fixed, so the same input gives the same bytes.</summary>
/// <remarks>Every entry carries 64-bit lengths only where it needs them, as common writers do.</remarks>
internal sealed class ZipWriter(Stream stream)
{
    // The first of January 1980, the earliest date a zip file knows.
    private const uint FixedDate = 0x00210000;
    private const ushort Utf8Flag = 0x0800;
    private readonly ArrayBufferWriter<byte> _directory = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private long _position;
    private long _count;

    /// <summary>Adds one entry, given in two parts that follow one another.</summary>
    public void Add(string name, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var nameBytes = Register(name);
        var length = (long)first.Length + second.Length;
        var checksum = Crc32.Append(Crc32.Append(0, first), second);
        WriteDirectoryEntry(nameBytes, checksum, length, _position);
        Write(LocalHeader(nameBytes, checksum, length));
        Write(first);
        Write(second);
        _count++;
    }

    /// <summary>Adds one entry whose content is streamed; its length and checksum are filled in afterwards, so the stream must be able to go back.</summary>
    /// <returns>Bytes of the content.</returns>
    /// <exception cref="IOException">The content has 4 GiB or more.</exception>
    public long Add(string name, Action<Stream> write)
    {
        var nameBytes = Register(name);
        var start = _position;
        Write(LocalHeader(nameBytes, 0, 0));
        uint checksum = 0;
        using ObservedStream content = new(stream, piece => checksum = Crc32.Append(checksum, piece));
        write(content);
        _position += content.Length;
        if (content.Length >= uint.MaxValue)
        {
            throw new IOException($"'{Printable.Shorten(name)}' has {content.Length} bytes; at most {uint.MaxValue - 1} fit into an entry of an archive. Write fewer at a time.");
        }

        var end = stream.Position;
        stream.Position = end - (_position - start);
        stream.Write(LocalHeader(nameBytes, checksum, content.Length));
        stream.Position = end;
        WriteDirectoryEntry(nameBytes, checksum, content.Length, start);
        _count++;
        return content.Length;
    }

    /// <summary>Writes the directory and the end of the archive.</summary>
    public void Complete()
    {
        var directoryOffset = _position;
        var directoryLength = _directory.WrittenCount;
        Write(_directory.WrittenSpan);
        if (_count >= ushort.MaxValue || directoryOffset >= uint.MaxValue)
        {
            WriteLargeEnd(directoryOffset, directoryLength);
        }

        Span<byte> end = stackalloc byte[22];
        end.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054B50);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], (ushort)Math.Min(_count, ushort.MaxValue));
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], (ushort)Math.Min(_count, ushort.MaxValue));
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], (uint)directoryLength);
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], (uint)Math.Min(directoryOffset, uint.MaxValue));
        Write(end);
        stream.Flush();
    }

    private byte[] Register(string name)
    {
        var nameBytes = Encoding.UTF8.GetBytes(name);
        if (nameBytes.Length is 0 or > 1024 || name.Any(char.IsControl) || name[0] == '/' || name.Contains('\\', StringComparison.Ordinal)
            || name.Contains(':', StringComparison.Ordinal) || Array.Exists(name.Split('/'), static part => part is ".." or "."))
        {
            throw new ArgumentException($"'{Printable.Shorten(name)}' cannot be a name in an archive: no control characters, colons, backslashes, '.' or '..' parts, at most 1024 bytes.", nameof(name));
        }

        return _names.Add(name) ? nameBytes : throw new ArgumentException($"'{name}' was added already.", nameof(name));
    }

    private static byte[] LocalHeader(byte[] name, uint checksum, long length)
    {
        var header = new byte[30 + name.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0x04034B50);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), 20);
        WriteCommon(header.AsSpan(6), checksum, (uint)length);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(26), (ushort)name.Length);
        name.CopyTo(header, 30);
        return header;
    }

    private void WriteDirectoryEntry(byte[] name, uint checksum, long length, long position)
    {
        var isFar = position >= uint.MaxValue;
        var entry = new byte[46 + name.Length + (isFar ? 12 : 0)];
        BinaryPrimitives.WriteUInt32LittleEndian(entry, 0x02014B50);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(4), isFar ? (ushort)45 : (ushort)20);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(6), isFar ? (ushort)45 : (ushort)20);
        WriteCommon(entry.AsSpan(8), checksum, (uint)length);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(28), (ushort)name.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(42), isFar ? uint.MaxValue : (uint)position);
        name.CopyTo(entry, 46);
        if (isFar)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(30), 12);
            var extra = entry.AsSpan(46 + name.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(extra, 1);
            BinaryPrimitives.WriteUInt16LittleEndian(extra[2..], 8);
            BinaryPrimitives.WriteInt64LittleEndian(extra[4..], position);
        }

        _directory.Write(entry);
    }

    private static void WriteCommon(Span<byte> fields, uint checksum, uint length)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(fields, Utf8Flag);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[4..], FixedDate);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[8..], checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[12..], length);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[16..], length);
    }

    private void WriteLargeEnd(long directoryOffset, long directoryLength)
    {
        var end = new byte[56 + 20];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06064B50);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(4), 44);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(12), 45);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(14), 45);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(24), _count);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(32), _count);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(40), directoryLength);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(48), directoryOffset);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(56), 0x07064B50);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(64), _position);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(72), 1);
        Write(end);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        _position += bytes.Length;
    }
}
