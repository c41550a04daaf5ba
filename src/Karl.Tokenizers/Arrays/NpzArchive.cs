using System.Diagnostics.CodeAnalysis;
using Karl.Tokenizers.Arrays.Internals;
using Karl.Tokenizers.Internals;

namespace Karl.Tokenizers.Arrays;

/// <summary>A NumPy <c>.npz</c>: named arrays in a zip archive, each read when it is asked for.</summary>
/// <remarks>Stored and deflated entries are read, checked against their checksum. Safe to use from several threads.</remarks>
public sealed class NpzArchive : IDisposable
{
    private const string Suffix = ".npy";
    private readonly ZipDirectory _directory;
    private readonly int _maximumArrayBytes;

    private NpzArchive(ByteSource source, int maximumArrayBytes)
    {
        _maximumArrayBytes = maximumArrayBytes;
        _directory = ZipDirectory.Read(source);
        var keys = new List<string>(_directory.Entries.Count);
        foreach (var entry in _directory.Entries)
        {
            if (!entry.Name.EndsWith(Suffix, StringComparison.Ordinal))
            {
                throw new KarlFormatException($"'{source.Name}' is no npz file: it holds '{Printable.Shorten(entry.Name)}', which is no npy array.");
            }

            keys.Add(entry.Name[..^Suffix.Length]);
        }

        Keys = keys;
    }

    /// <summary>The names of the arrays, in the file's order.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>Reads one array.</summary>
    /// <exception cref="KeyNotFoundException">There is no array of that name.</exception>
    /// <exception cref="KarlFormatException">The entry is damaged or larger than the limit.</exception>
    public NpyArray this[string key] => TryRead(key, out var array)
        ? array
        : throw new KeyNotFoundException($"'{_directory.Source.Name}' holds no array '{key}'; it holds {Keys.Count} others.");

    /// <summary>Opens a file; arrays above <paramref name="maximumArrayBytes"/> are refused when read.</summary>
    /// <exception cref="KarlFormatException">The file is not a sound npz archive.</exception>
    public static NpzArchive Open(string path, int maximumArrayBytes = NpyArray.DefaultMaximumBytes)
        => Open(ByteSource.FromFile(path), maximumArrayBytes);

    /// <summary>Reads an archive from memory; <paramref name="name"/> is what messages call it.</summary>
    /// <exception cref="KarlFormatException">The bytes are not a sound npz archive.</exception>
    public static NpzArchive Parse(ReadOnlyMemory<byte> file, string name, int maximumArrayBytes = NpyArray.DefaultMaximumBytes)
        => Open(ByteSource.FromMemory(file, name), maximumArrayBytes);

    /// <summary>Whether there is an array of that name.</summary>
    public bool Contains(string key) => _directory.Find(key + Suffix) is not null;

    /// <summary>Reads one array if there is one of that name.</summary>
    /// <exception cref="KarlFormatException">The entry is damaged or larger than the limit.</exception>
    public bool TryRead(string key, [NotNullWhen(true)] out NpyArray? array)
    {
        var entry = _directory.Find(key + Suffix);
        array = entry is null
            ? null
            : NpyArray.Parse(_directory.ReadAll(entry, _maximumArrayBytes), $"{_directory.Source.Name}: {Printable.Shorten(entry.Name)}");
        return array is not null;
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Source.Dispose();

    private static NpzArchive Open(ByteSource source, int maximumArrayBytes)
    {
        try
        {
            return new NpzArchive(source, maximumArrayBytes);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }
}
