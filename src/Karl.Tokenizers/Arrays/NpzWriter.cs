using System.Runtime.InteropServices;
using Karl.Tokenizers.Arrays.Internals;
using Karl.Tokenizers.Internals;

namespace Karl.Tokenizers.Arrays;

/// <summary>Writes a NumPy <c>.npz</c> array by array: uncompressed, always the same bytes for the same arrays.</summary>
/// <remarks>
/// A file appears under its name only with <see cref="Complete"/>; disposed before that, nothing is left behind.
/// </remarks>
public sealed class NpzWriter : IDisposable
{
    private readonly ZipWriter _zip;
    private readonly Stream _stream;
    private readonly string? _path;
    private bool _isComplete;

    /// <summary>Writes into a stream, which stays open.</summary>
    public NpzWriter(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        _zip = new ZipWriter(stream);
    }

    private NpzWriter(string path, Stream stream)
        : this(stream)
        => _path = path;

    /// <summary>Writes a file, through a temporary one beside it.</summary>
    public static NpzWriter Create(string path) => new(path, File.Create(path + ".partial"));

    /// <summary>Adds an array; <paramref name="key"/> may not repeat.</summary>
    /// <exception cref="ArgumentException">The key is empty, repeated or not usable as a name inside a zip archive.</exception>
    public void Add(string key, NpyArray array)
    {
        ArgumentNullException.ThrowIfNull(array);
        Add(key, array.Type, array.Bytes.Span, [.. array.Shape]);
    }

    /// <summary>Adds elements in C order under a shape.</summary>
    /// <exception cref="ArgumentException">The shape has another number of elements, or the key is unusable.</exception>
    public void Add<T>(string key, ReadOnlySpan<T> elements, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        if (!ArrayShape.TryCountElements(shape, out var count) || count != elements.Length)
        {
            throw new ArgumentException($"{elements.Length} elements do not fill the shape {ArrayShape.Print(shape)}.", nameof(shape));
        }

        Add(key, ArrayElementTypes.Of<T>(), MemoryMarshal.AsBytes(elements), shape);
    }

    /// <summary>Adds elements that come in pieces, in C order, so that an array need not fit into memory; the stream must be able to go back.</summary>
    /// <exception cref="ArgumentException">The pieces do not fill the shape, or the key is unusable.</exception>
    /// <exception cref="IOException">The array has 4 GiB or more.</exception>
    public void AddPieces<T>(string key, IEnumerable<ReadOnlyMemory<T>> pieces, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(pieces);
        ObjectDisposedException.ThrowIf(_isComplete, this);
        if (!ArrayShape.TryCountElements(shape, out var count))
        {
            throw new ArgumentException($"{ArrayShape.Print(shape)} is no shape of an array.", nameof(shape));
        }

        var type = ArrayElementTypes.Of<T>();
        byte[] header = NpyHeader.Write(type, shape);
        var length = checked(header.Length + (count * type.SizeInBytes()));
        if (length >= uint.MaxValue)
        {
            throw new IOException($"'{Printable.Shorten(key)}' would be {length} bytes; at most {uint.MaxValue - 1} fit into an entry of an archive. Write fewer at a time.");
        }

        _zip.Add(key + ".npy", content =>
        {
            content.Write(header);
            foreach (var piece in pieces)
            {
                content.Write(MemoryMarshal.AsBytes(piece.Span));
            }

            if (content.Length != length)
            {
                throw new ArgumentException($"'{Printable.Shorten(key)}' has {content.Length} bytes; {length} were announced.", nameof(pieces));
            }
        });
    }

    /// <summary>Writes the directory and, for a file, gives it its name. Nothing can be added afterwards.</summary>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(_isComplete, this);
        _zip.Complete();
        _isComplete = true;
        if (_path is not null)
        {
            _stream.Dispose();
            File.Move(_path + ".partial", _path, overwrite: true);
        }
    }

    /// <summary>Ends the writing; an incomplete file is deleted.</summary>
    public void Dispose()
    {
        if (_path is not null && !_isComplete)
        {
            _isComplete = true;
            _stream.Dispose();
            File.Delete(_path + ".partial");
        }
    }

    private void Add(string key, ArrayElementType type, ReadOnlySpan<byte> bytes, ReadOnlySpan<long> shape)
    {
        ObjectDisposedException.ThrowIf(_isComplete, this);
        _zip.Add(key + ".npy", NpyHeader.Write(type, shape), bytes);
    }
}
