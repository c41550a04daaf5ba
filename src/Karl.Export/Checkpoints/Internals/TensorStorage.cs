using Karl.Tokenizers.Arrays.Internals;
using Karl.Tokenizers.Internals;

namespace Karl.Export.Checkpoints.Internals;

/// <summary>Bytes in a file that one or more tensors look into.</summary>
internal abstract class TensorStorage
{
    /// <summary>How many bytes there are.</summary>
    public abstract long Length { get; }

    /// <summary>Reads a part that is known to lie inside.</summary>
    public abstract void Read(long offset, Span<byte> destination);
}

/// <summary>A storage in a zip archive, checked against its checksum before anything of it is given out.</summary>
internal sealed class ZipTensorStorage(ZipDirectory directory, ZipEntry entry, bool verifyChecksum) : TensorStorage
{
    private readonly Lock _lock = new();
    private long _dataOffset = -1;
    private bool _isVerified = !verifyChecksum;

    public override long Length => entry.Length;

    public override void Read(long offset, Span<byte> destination)
    {
        bool verifyHere;
        lock (_lock)
        {
            if (_dataOffset < 0)
            {
                _dataOffset = directory.LocateData(entry);
            }

            verifyHere = !_isVerified && offset == 0 && destination.Length == Length;
            if (!_isVerified && !verifyHere)
            {
                directory.VerifyStored(entry);
                _isVerified = true;
            }
        }

        directory.Source.ReadExactly(_dataOffset + offset, destination);
        if (!verifyHere)
        {
            return;
        }

        if (Crc32.Append(0, destination) != entry.Checksum)
        {
            throw ZipEntryReader.RefuseChecksum(directory.Source, entry);
        }

        lock (_lock)
        {
            _isVerified = true;
        }
    }
}

/// <summary>A part of a file without checksum.</summary>
internal sealed class PlainTensorStorage(ByteSource source, long start, long length) : TensorStorage
{
    public override long Length => length;

    public override void Read(long offset, Span<byte> destination) => source.ReadExactly(start + offset, destination);
}
