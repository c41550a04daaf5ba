using System.Buffers.Binary;

namespace Karl.Tokenizers.Arrays.Internals;

/// <summary>Where the directory of a zip archive lies, from the record at the end of the file (APPNOTE 4.3.14 to 4.3.16).</summary>
internal readonly record struct ZipDirectoryEnd(long Offset, long Length, long EntryCount)
{
    private const int RecordLength = 22;
    private const int LocatorLength = 20;
    private const int Zip64RecordLength = 56;

    /// <summary>Finds and checks the record.</summary>
    public static ZipDirectoryEnd Find(ByteSource source)
    {
        var tailLength = (int)Math.Min(source.Length, RecordLength + ushort.MaxValue + LocatorLength);
        var tailStart = source.Length - tailLength;
        var tail = source.ReadArray(tailStart, tailLength);
        for (var position = tailLength - RecordLength; position >= 0; position--)
        {
            var record = tail.AsSpan(position);
            if (BinaryPrimitives.ReadUInt32LittleEndian(record) == 0x06054B50
                && BinaryPrimitives.ReadUInt16LittleEndian(record[20..]) == record.Length - RecordLength)
            {
                return Read(source, tailStart + position, record);
            }
        }

        throw new KarlFormatException(
            $"'{source.Name}' starts like a zip archive but has no directory at its end. It is truncated or damaged: fetch or write it again.");
    }

    private static ZipDirectoryEnd Read(ByteSource source, long position, ReadOnlySpan<byte> record)
    {
        var disk = BinaryPrimitives.ReadUInt16LittleEndian(record[4..]);
        var directoryDisk = BinaryPrimitives.ReadUInt16LittleEndian(record[6..]);
        var countHere = BinaryPrimitives.ReadUInt16LittleEndian(record[8..]);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        var end = new ZipDirectoryEnd(offset, length, count);
        var directoryEnd = position;
        if (TryReadZip64(source, position, out var zip64, out var zip64Position))
        {
            var contradicts = (count != ushort.MaxValue && count != zip64.EntryCount)
                || (length != uint.MaxValue && length != zip64.Length)
                || (offset != uint.MaxValue && offset != zip64.Offset);
            if (contradicts)
            {
                throw Refuse(source, "its two end records contradict each other");
            }

            end = zip64;
            directoryEnd = zip64Position;
        }
        else if (disk != 0 || directoryDisk != 0 || countHere != count)
        {
            throw Refuse(source, "it is one part of an archive split over several files");
        }

        if (end.Offset < 0 || end.Length < 0 || end.EntryCount < 0 || end.Offset > directoryEnd || end.Length != directoryEnd - end.Offset)
        {
            throw Refuse(source, $"its directory is said to be {end.Length} bytes at {end.Offset}, but has to end at {directoryEnd}");
        }

        return end;
    }

    private static bool TryReadZip64(ByteSource source, long position, out ZipDirectoryEnd end, out long recordPosition)
    {
        end = default;
        recordPosition = 0;
        if (position < LocatorLength + Zip64RecordLength)
        {
            return false;
        }

        var locator = source.ReadArray(position - LocatorLength, LocatorLength);
        if (BinaryPrimitives.ReadUInt32LittleEndian(locator) != 0x07064B50)
        {
            return false;
        }

        recordPosition = BinaryPrimitives.ReadInt64LittleEndian(locator.AsSpan(8));
        if (recordPosition != position - LocatorLength - Zip64RecordLength)
        {
            throw Refuse(source, $"its large-archive record is said to be at {recordPosition}, not right before the end");
        }

        var record = source.ReadArray(recordPosition, Zip64RecordLength);
        if (BinaryPrimitives.ReadUInt32LittleEndian(record) != 0x06064B50)
        {
            throw Refuse(source, "its large-archive record has the wrong signature");
        }

        end = new ZipDirectoryEnd(
            BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48)),
            BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(40)),
            BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(32)));
        return true;
    }

    private static KarlFormatException Refuse(ByteSource source, string found)
        => new($"'{source.Name}' is not a sound zip archive: {found}. It is damaged or was tampered with: fetch or write it again.");
}
