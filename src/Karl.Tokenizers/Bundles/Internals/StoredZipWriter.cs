using System.Buffers.Binary;
using System.Text;

namespace Karl.Tokenizers.Bundles.Internals;

/// <summary>Writes stored entries one after another into a stream that can seek; sizes and checksums are filled in afterwards.</summary>
internal sealed class StoredZipWriter(Stream stream)
{
    private readonly List<StoredZipEntry> _entries = [];

    /// <summary>Adds an entry whose content <paramref name="write"/> streams, and returns its length.</summary>
    public long Add(string name, Action<Stream> write)
    {
        long headerOffset = stream.Position;
        stream.Write(LocalHeader(name, 0, 0));
        uint checksum = 0;
        using ObservedStream content = new(stream, piece => checksum = Checksum.Append(checksum, piece));
        write(content);

        long end = stream.Position;
        StoredZipEntry entry = new(name, headerOffset, content.Length, checksum);
        if (end > BundleLimits.LargestBundle || entry.Bytes > BundleLimits.LargestPart)
        {
            throw new IOException($"Bundle part '{name}' has {entry.Bytes} bytes and ends at {end}; a part may have {BundleLimits.LargestPart} bytes and a bundle {BundleLimits.LargestBundle}.");
        }

        stream.Position = headerOffset;
        stream.Write(LocalHeader(name, (uint)entry.Bytes, entry.Checksum));
        stream.Position = end;
        _entries.Add(entry);
        return entry.Bytes;
    }

    /// <summary>Writes the directory of all entries, which ends the file.</summary>
    public void Finish()
    {
        uint directoryOffset = checked((uint)stream.Position);
        foreach (StoredZipEntry entry in _entries)
        {
            stream.Write(CentralHeader(entry));
        }

        byte[] end = new byte[StoredZip.EndLength];
        BinaryPrimitives.WriteUInt32LittleEndian(end, StoredZip.EndSignature);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), (ushort)_entries.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), (ushort)_entries.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), checked((uint)stream.Position) - directoryOffset);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), directoryOffset);
        stream.Write(end);
    }

    private static byte[] LocalHeader(string name, uint bytes, uint checksum)
    {
        byte[] header = new byte[StoredZip.LocalLength + name.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(header, StoredZip.LocalSignature);
        WriteCommon(header.AsSpan(4), name, bytes, checksum);
        Encoding.ASCII.GetBytes(name, header.AsSpan(StoredZip.LocalLength));
        return header;
    }

    private static byte[] CentralHeader(StoredZipEntry entry)
    {
        byte[] header = new byte[StoredZip.CentralLength + entry.Name.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(header, StoredZip.CentralSignature);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), StoredZip.Version);
        WriteCommon(header.AsSpan(6), entry.Name, (uint)entry.Bytes, entry.Checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(42), checked((uint)entry.HeaderOffset));
        Encoding.ASCII.GetBytes(entry.Name, header.AsSpan(StoredZip.CentralLength));
        return header;
    }

    /// <summary>The fields that both headers have, in the same order; method, flags and time stay 0.</summary>
    private static void WriteCommon(Span<byte> fields, string name, uint bytes, uint checksum)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(fields, StoredZip.Version);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[8..], StoredZip.FixedDate);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[10..], checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[14..], bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[18..], bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[22..], (ushort)name.Length);
    }
}
