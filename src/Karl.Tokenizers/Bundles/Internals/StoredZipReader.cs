using System.Buffers.Binary;
using System.Text;
using Karl.Tokenizers.Internals;

namespace Karl.Tokenizers.Bundles.Internals;

/// <summary>Reads the directory of a bundle. Everything is checked against the length of the file before it is used.</summary>
internal static class StoredZipReader
{
    private const int LongestComment = 0xFFFF;

    public static IReadOnlyList<StoredZipEntry> ReadDirectory(Stream stream, string bundleName)
    {
        long length = stream.Length;
        if (length > BundleLimits.LargestBundle)
        {
            throw Refuse(bundleName, $"it has {length} bytes; at most {BundleLimits.LargestBundle} was expected.");
        }

        (byte[] end, long endOffset) = FindEnd(stream, length, bundleName);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(10));
        uint directoryLength = BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(12));
        uint directoryOffset = BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(16));
        if (count > BundleLimits.MostEntries)
        {
            throw Refuse(bundleName, $"it has {count} entries; at most {BundleLimits.MostEntries} was expected.");
        }

        if (directoryLength > BundleLimits.MostEntries * 1024 || directoryOffset + (long)directoryLength > endOffset)
        {
            throw Refuse(bundleName, "its zip directory does not lie within the file: it is cut off or damaged.");
        }

        return ParseDirectory(ReadAt(stream, directoryOffset, (int)directoryLength, bundleName), count, directoryOffset, bundleName);
    }

    /// <summary>Where the content of <paramref name="entry"/> begins; checks that it lies within the file and is what the directory says.</summary>
    public static long ContentOffset(Stream stream, StoredZipEntry entry, string bundleName)
    {
        byte[] header = ReadAt(stream, entry.HeaderOffset, StoredZip.LocalLength, bundleName);
        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(26));
        int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
        long offset = entry.HeaderOffset + StoredZip.LocalLength + nameLength + extraLength;
        bool sound = BinaryPrimitives.ReadUInt32LittleEndian(header) == StoredZip.LocalSignature
            && nameLength == entry.Name.Length
            && offset + entry.Bytes <= stream.Length
            && Encoding.ASCII.GetString(ReadAt(stream, entry.HeaderOffset + StoredZip.LocalLength, nameLength, bundleName)) == entry.Name;
        return sound ? offset : throw Refuse(bundleName, $"part '{entry.Name}' does not begin where the zip directory says: the file is damaged.");
    }

    private static (byte[] End, long Offset) FindEnd(Stream stream, long length, string bundleName)
    {
        int tailLength = (int)Math.Min(length, StoredZip.EndLength + LongestComment);
        byte[] tail = ReadAt(stream, length - tailLength, tailLength, bundleName);
        for (int start = tailLength - StoredZip.EndLength; start >= 0; start--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(start)) == StoredZip.EndSignature)
            {
                return (tail[start..(start + StoredZip.EndLength)], length - tailLength + start);
            }
        }

        throw Refuse(bundleName, "it is not a zip file, or its end is missing. A model bundle (.karl) was expected.");
    }

    private static List<StoredZipEntry> ParseDirectory(byte[] directory, int count, long directoryOffset, string bundleName)
    {
        List<StoredZipEntry> entries = new(count);
        int position = 0;
        for (int index = 0; index < count; index++)
        {
            ReadOnlySpan<byte> rest = directory.AsSpan(position);
            if (rest.Length < StoredZip.CentralLength || BinaryPrimitives.ReadUInt32LittleEndian(rest) != StoredZip.CentralSignature)
            {
                throw Refuse(bundleName, $"its zip directory ends after {index} of {count} entries: the file is damaged.");
            }

            int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(rest[28..]);
            int entryLength = StoredZip.CentralLength + nameLength + BinaryPrimitives.ReadUInt16LittleEndian(rest[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(rest[32..]);
            if (entryLength > rest.Length)
            {
                throw Refuse(bundleName, $"its zip directory ends within entry {index}: the file is damaged.");
            }

            entries.Add(ParseEntry(rest[..entryLength], nameLength, directoryOffset, bundleName));
            position += entryLength;
        }

        if (entries.DistinctBy(entry => entry.Name).Count() != entries.Count)
        {
            throw Refuse(bundleName, "its zip directory names an entry twice.");
        }

        return entries;
    }

    private static StoredZipEntry ParseEntry(ReadOnlySpan<byte> header, int nameLength, long directoryOffset, string bundleName)
    {
        string name = Encoding.ASCII.GetString(header.Slice(StoredZip.CentralLength, nameLength));
        if (!BundleLimits.IsPartName(name))
        {
            throw Refuse(bundleName, $"entry name '{Printable.Shorten(name)}' is not a plain file name.");
        }

        ushort flags = BinaryPrimitives.ReadUInt16LittleEndian(header[8..]);
        ushort method = BinaryPrimitives.ReadUInt16LittleEndian(header[10..]);
        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(header[20..]);
        uint bytes = BinaryPrimitives.ReadUInt32LittleEndian(header[24..]);
        if (method != StoredZip.StoredMethod || (flags & StoredZip.EncryptedFlag) != 0 || stored != bytes)
        {
            throw Refuse(bundleName, $"entry '{name}' is compressed or encrypted (method {method}); stored entries were expected.");
        }

        StoredZipEntry entry = new(name, BinaryPrimitives.ReadUInt32LittleEndian(header[42..]), bytes, BinaryPrimitives.ReadUInt32LittleEndian(header[16..]));
        return entry.HeaderOffset + StoredZip.LocalLength + nameLength + bytes <= directoryOffset
            ? entry
            : throw Refuse(bundleName, $"entry '{name}' claims {bytes} bytes, more than the file holds: it is cut off or damaged.");
    }

    private static byte[] ReadAt(Stream stream, long offset, int length, string bundleName)
    {
        byte[] bytes = new byte[length];
        stream.Position = offset;
        return stream.ReadAtLeast(bytes, length, throwOnEndOfStream: false) == length
            ? bytes
            : throw Refuse(bundleName, "it ends too early: it is cut off or damaged.");
    }

    private static KarlFormatException Refuse(string bundleName, string problem) => new($"Bundle '{bundleName}': {problem}");
}
