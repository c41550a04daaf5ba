using System.Buffers.Binary;
using System.Text;
using Karl.Tokenizers.Internals;

namespace Karl.Tokenizers.Arrays.Internals;

/// <summary>The directory of a zip archive, read strictly: every lie that could matter is refused before any entry is touched.</summary>
/// <remarks>Stricter than common readers on purpose: no duplicates, no overlaps, no encryption, only stored and deflated entries.</remarks>
internal sealed class ZipDirectory
{
    /// <summary>More entries than any checkpoint or recording has.</summary>
    public const int MaximumEntries = 200_000;

    private const int MaximumLength = 64 << 20;
    private const int MaximumNameLength = 1024;
    private const int EntryHeaderLength = 46;
    private const int LocalHeaderLength = 30;
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);
    private readonly Dictionary<string, ZipEntry> _entries;

    private ZipDirectory(ByteSource source, List<ZipEntry> entries)
    {
        Source = source;
        Entries = entries;
        _entries = new Dictionary<string, ZipEntry>(entries.Count, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (!_entries.TryAdd(entry.Name, entry))
            {
                throw Refuse(source, $"it holds '{entry.Name}' twice");
            }
        }
    }

    /// <summary>The archive's bytes.</summary>
    public ByteSource Source { get; }

    /// <summary>All entries, in the directory's order; folders left out.</summary>
    public IReadOnlyList<ZipEntry> Entries { get; }

    /// <summary>Reads and checks the directory.</summary>
    public static ZipDirectory Read(ByteSource source)
    {
        var end = ZipDirectoryEnd.Find(source);
        if (end.EntryCount > MaximumEntries || end.Length > MaximumLength)
        {
            throw Refuse(source, $"it declares {end.EntryCount} entries in a directory of {end.Length} bytes; at most {MaximumEntries} entries in {MaximumLength} bytes are read");
        }

        var bytes = source.ReadArray(end.Offset, (int)end.Length);
        var entries = new List<ZipEntry>((int)Math.Min(end.EntryCount, bytes.Length / EntryHeaderLength));
        var position = 0;
        for (var index = 0L; index < end.EntryCount; index++)
        {
            var entry = ReadEntry(source, bytes.AsSpan(position), out var length);
            position += length;
            entries.Add(entry);
        }

        if (position != bytes.Length)
        {
            throw Refuse(source, $"its {end.EntryCount} directory entries take {position} bytes, not the declared {bytes.Length}");
        }

        SetLimits(source, entries, end.Offset);
        entries.RemoveAll(static entry => entry.Name.EndsWith('/'));
        return new ZipDirectory(source, entries);
    }

    /// <summary>Finds an entry by its whole name.</summary>
    public ZipEntry? Find(string name) => _entries.GetValueOrDefault(name);

    /// <summary>Where the entry's bytes start, once its local header has been compared with the directory.</summary>
    public long LocateData(ZipEntry entry)
    {
        var header = Source.ReadArray(entry.HeaderOffset, LocalHeaderLength);
        var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(26));
        var extraLength = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
        var dataOffset = entry.HeaderOffset + LocalHeaderLength + nameLength + extraLength;
        var isDeflated = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(8)) == 8;
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != 0x04034B50 || isDeflated != entry.IsDeflated)
        {
            throw Refuse(Source, $"the header in front of '{entry.Name}' is not the one the directory describes");
        }

        if (dataOffset > entry.Limit - entry.StoredLength)
        {
            throw Refuse(Source, $"'{entry.Name}' runs into what follows it");
        }

        var name = Source.ReadArray(entry.HeaderOffset + LocalHeaderLength, nameLength);
        if (!name.AsSpan().SequenceEqual(StrictUtf8.GetBytes(entry.Name)))
        {
            throw Refuse(Source, $"the header in front of '{entry.Name}' carries another name");
        }

        return dataOffset;
    }

    /// <summary>The refusal of this archive.</summary>
    public static KarlFormatException Refuse(ByteSource source, string found)
        => new($"'{source.Name}' is not a sound zip archive: {found}. It is damaged or was tampered with: fetch or write it again.");

    private static ZipEntry ReadEntry(ByteSource source, ReadOnlySpan<byte> bytes, out int length)
    {
        if (bytes.Length < EntryHeaderLength || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != 0x02014B50)
        {
            throw Refuse(source, "its directory ends in the middle of an entry");
        }

        var flags = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]);
        var method = BinaryPrimitives.ReadUInt16LittleEndian(bytes[10..]);
        var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]);
        var extraLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[30..]);
        length = EntryHeaderLength + nameLength + extraLength + BinaryPrimitives.ReadUInt16LittleEndian(bytes[32..]);
        if (length > bytes.Length)
        {
            throw Refuse(source, "its directory ends in the middle of an entry");
        }

        var name = ReadName(source, bytes.Slice(EntryHeaderLength, nameLength));
        var storedLength = (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]);
        var fullLength = (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes[24..]);
        var offset = (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes[42..]);
        ZipExtraField.ReadLarge(bytes.Slice(EntryHeaderLength + nameLength, extraLength), ref fullLength, ref storedLength, ref offset);
        var problem = (flags & 0x41) != 0 ? "is encrypted"
            : method is not (0 or 8) ? $"is compressed by method {method}; only stored (0) and deflated (8) are read"
            : method == 0 && storedLength != fullLength ? $"is stored, yet {storedLength} bytes are said to become {fullLength}"
            : method == 8 && (storedLength < 0 || fullLength / ZipEntry.BestDeflateRatio > storedLength) ? $"claims that {storedLength} bytes unpack to {fullLength}, which deflate cannot do"
            : storedLength < 0 || fullLength < 0 || offset < 0 ? "has a negative length or place"
            : null;
        if (problem is not null)
        {
            throw Refuse(source, $"'{name}' {problem}");
        }

        var checksum = BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]);
        return new ZipEntry(name, method == 8, checksum, storedLength, fullLength, offset, offset);
    }

    private static string ReadName(ByteSource source, ReadOnlySpan<byte> bytes)
    {
        string name;
        try
        {
            name = StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Refuse(source, "an entry's name is not UTF-8");
        }

        var isUnsafe = name.Length is 0 or > MaximumNameLength || name.Any(char.IsControl) || name[0] == '/' || name.Contains('\\', StringComparison.Ordinal)
            || name.Contains(':', StringComparison.Ordinal) || Array.Exists(name.Split('/'), static part => part is ".." or ".");
        return isUnsafe ? throw Refuse(source, $"the name '{Printable.Shorten(name)}' leads out of the archive, or is empty, overlong or unprintable") : name;
    }

    private static void SetLimits(ByteSource source, List<ZipEntry> entries, long directoryOffset)
    {
        var order = new int[entries.Count];
        for (var index = 0; index < order.Length; index++)
        {
            order[index] = index;
        }

        Array.Sort(order, (left, right) => entries[left].HeaderOffset.CompareTo(entries[right].HeaderOffset));
        for (var index = 0; index < order.Length; index++)
        {
            var entry = entries[order[index]];
            var limit = index + 1 < order.Length ? entries[order[index + 1]].HeaderOffset : directoryOffset;
            if (entry.HeaderOffset > limit - LocalHeaderLength || entry.StoredLength > limit - LocalHeaderLength - entry.HeaderOffset)
            {
                throw Refuse(source, $"'{entry.Name}' ({entry.StoredLength} bytes at {entry.HeaderOffset}) overlaps what starts at {limit}");
            }

            entries[order[index]] = entry with { Limit = limit };
        }
    }
}
