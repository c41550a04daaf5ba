using Microsoft.Win32.SafeHandles;

namespace Karl.Tokenizers.Arrays.Internals;

/// <summary>Bytes that can be read at any place, from a file or from memory; safe to read from several threads.</summary>
/// <remarks>Files are read, not mapped: a mapped file that shrinks meanwhile would end the process.</remarks>
internal abstract class ByteSource : IDisposable
{
    /// <summary>What messages call it: the file name.</summary>
    public abstract string Name { get; }

    /// <summary>How many bytes there are.</summary>
    public abstract long Length { get; }

    /// <summary>Opens a file for reading.</summary>
    public static ByteSource FromFile(string path) => new FileSource(path);

    /// <summary>Reads from memory.</summary>
    public static ByteSource FromMemory(ReadOnlyMemory<byte> bytes, string name) => new MemorySource(bytes, name);

    /// <summary>Fills the destination, or throws <see cref="KarlFormatException"/> where the bytes end before that.</summary>
    public void ReadExactly(long offset, Span<byte> destination)
    {
        RequireInside(offset, destination.Length);
        Read(offset, destination);
    }

    /// <summary>Reads a part into a new array; the caller has capped its length.</summary>
    public byte[] ReadArray(long offset, int length)
    {
        RequireInside(offset, length);
        var bytes = GC.AllocateUninitializedArray<byte>(length);
        Read(offset, bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Fills the destination, which is known to lie inside.</summary>
    protected abstract void Read(long offset, Span<byte> destination);

    private void RequireInside(long offset, int length)
    {
        if (offset < 0 || length < 0 || offset > Length - length)
        {
            throw new KarlFormatException(
                $"'{Name}' ends too early: {length} bytes wanted at {offset}, but it holds {Length} bytes. It is truncated or damaged: fetch or write it again.");
        }
    }

    private sealed class FileSource(string path) : ByteSource
    {
        private readonly SafeFileHandle _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        private long _length = -1;

        public override string Name { get; } = Path.GetFileName(path);

        public override long Length => _length >= 0 ? _length : _length = RandomAccess.GetLength(_handle);

        public override void Dispose() => _handle.Dispose();

        protected override void Read(long offset, Span<byte> destination)
        {
            while (destination.Length > 0)
            {
                var read = RandomAccess.Read(_handle, destination, offset);
                if (read == 0)
                {
                    throw new KarlFormatException($"'{Name}' shrank while it was read. Try again when nothing writes to it.");
                }

                offset += read;
                destination = destination[read..];
            }
        }
    }

    private sealed class MemorySource(ReadOnlyMemory<byte> bytes, string name) : ByteSource
    {
        public override string Name { get; } = name;

        public override long Length => bytes.Length;

        public override void Dispose()
        {
        }

        protected override void Read(long offset, Span<byte> destination)
            => bytes.Span.Slice((int)offset, destination.Length).CopyTo(destination);
    }
}
