using System.Security.Cryptography;
using Karl.Tokenizers.Bundles.Internals;
using Karl.Tokenizers.Families.Internals;
using Karl.Tokenizers.Internals;

namespace Karl.Tokenizers.Bundles;

/// <summary>An opened model bundle (<c>name.karl</c>): its manifest, and its parts on demand.</summary>
/// <remarks>
/// A zip file of stored entries: <c>manifest.json</c>, <c>encoder.onnx</c>, <c>decoder.onnx</c>.
/// Nothing is allocated by a size that the file only claims, and a part is handed out only if its SHA-256 is the one in the manifest.
/// Safe to use from several threads.
/// </remarks>
public sealed class Bundle : IDisposable
{
    /// <summary>Name of the part that turns images into tokens.</summary>
    public const string EncoderPart = "encoder.onnx";

    /// <summary>Name of the part that turns tokens into images.</summary>
    public const string DecoderPart = "decoder.onnx";

    /// <summary>Name of the part that goes on from what the encoder gave, once for each round, where a family works by rounds.</summary>
    public const string RoundPart = "round.onnx";

    private readonly Lock _lock = new();
    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private readonly Dictionary<string, StoredZipEntry> _entries;

    private Bundle(Stream stream, string name, bool leaveOpen)
    {
        _stream = stream;
        _leaveOpen = leaveOpen;
        Name = name;
        _entries = StoredZipReader.ReadDirectory(stream, name).ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        Manifest = ManifestJson.Read(name, ReadManifest());
        CheckParts();
    }

    /// <summary>How messages call this bundle: its file name.</summary>
    public string Name { get; }

    /// <summary>What the bundle says about itself, checked.</summary>
    public BundleManifest Manifest { get; }

    /// <summary>Opens the bundle at <paramref name="path"/> and reads its manifest.</summary>
    /// <exception cref="KarlFormatException">It is not a bundle, is damaged, or is of a version or family that this library does not read.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Bundle Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.RandomAccess);
        return Open(stream, Path.GetFileName(path), leaveOpen: false);
    }

    /// <summary>Opens a bundle in a stream that can seek; <paramref name="name"/> is how messages will call it.</summary>
    /// <inheritdoc cref="Open(string)" path="/exception"/>
    public static Bundle Open(Stream stream, string name, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        if (!stream.CanSeek || !stream.CanRead)
        {
            throw new ArgumentException("A bundle can only be opened in a stream that can be read and can seek.", nameof(stream));
        }

        try
        {
            return new Bundle(stream, name, leaveOpen);
        }
        catch when (!leaveOpen)
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads a part whole and verifies it.</summary>
    /// <exception cref="KarlFormatException">The part is missing, or its SHA-256 is not the one in the manifest.</exception>
    public byte[] ReadPart(string name)
    {
        BundlePart part = Part(name);
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)part.Bytes);
        lock (_lock)
        {
            _stream.Position = StoredZipReader.ContentOffset(_stream, _entries[name], Name);
            if (_stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) != bytes.Length)
            {
                throw new KarlFormatException($"Bundle '{Name}': part '{name}' ends too early: the file is cut off or damaged.");
            }
        }

        string found = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return found == part.Sha256
            ? bytes
            : throw new KarlFormatException($"Bundle '{Name}': part '{name}' has SHA-256 {found}; its manifest says {part.Sha256}. The file is damaged or was changed: fetch or export it again.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_leaveOpen)
        {
            _stream.Dispose();
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Name}: {Manifest.Family} over {Manifest.Base}, {(Manifest.Quantized ? $"codebook {Manifest.CodebookSize}" : "continuous")}, preset {Manifest.Preset ?? "none"}, {Manifest.Storage}, {_entries.Values.Sum(entry => entry.Bytes)} bytes";

    private BundlePart Part(string name) =>
        Manifest.Parts.FirstOrDefault(part => part.Name == name)
        ?? throw new KarlFormatException($"Bundle '{Name}': has no part '{Printable.Shorten(name)}'; found: {string.Join(", ", Manifest.Parts.Select(part => part.Name))}.");

    private byte[] ReadManifest()
    {
        if (!_entries.TryGetValue(BundleLimits.ManifestName, out StoredZipEntry? entry))
        {
            throw new KarlFormatException($"Bundle '{Name}': has no {BundleLimits.ManifestName}; this is a zip file, but not a model bundle.");
        }

        if (entry.Bytes > BundleLimits.LargestManifest)
        {
            throw new KarlFormatException($"Bundle '{Name}': {BundleLimits.ManifestName} has {entry.Bytes} bytes; at most {BundleLimits.LargestManifest} was expected.");
        }

        byte[] bytes = new byte[entry.Bytes];
        _stream.Position = StoredZipReader.ContentOffset(_stream, entry, Name);
        _stream.ReadExactly(bytes);
        return Crc32.Append(0, bytes) == entry.Checksum
            ? bytes
            : throw new KarlFormatException($"Bundle '{Name}': {BundleLimits.ManifestName} does not have the checksum that the zip directory says: the file is damaged.");
    }

    private void CheckParts()
    {
        List<string> problems = [];
        foreach (BundlePart part in Manifest.Parts)
        {
            if (!_entries.TryGetValue(part.Name, out StoredZipEntry? entry))
            {
                problems.Add($"part '{part.Name}' is named in the manifest but missing.");
            }
            else if (entry.Bytes != part.Bytes)
            {
                problems.Add($"part '{part.Name}' has {entry.Bytes} bytes; the manifest says {part.Bytes}.");
            }
        }

        string[] known = [BundleLimits.ManifestName, .. Manifest.Parts.Select(part => part.Name)];
        problems.AddRange(_entries.Keys.Except(known).Select(name => $"entry '{name}' is not named in the manifest."));
        problems.AddRange(ModelFamily.Of(Manifest).Parts.Except(known).Select(name => $"part '{name}' is missing."));
        if (problems.Count > 0)
        {
            throw new KarlFormatException($"Bundle '{Name}': {string.Join(" ", problems)}");
        }
    }
}
