using Karl.Applications.Compression.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Internals;
using Karl.Tokenizers.TokenFiles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Compression;

/// <summary>An opened token archive (<c>.kt</c>): a list of images, and the tokens of any of them.</summary>
/// <remarks>Nothing is allocated by a size that the file only claims. Safe to use from several threads, one after another.</remarks>
public sealed class TokenArchive : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Stream _stream;
    private readonly TokenArchiveEntry[] _entries;
    private readonly TokenStatistics[] _statistics;
    private readonly RangeDecoder _coder = new();
    private TokenModel? _model;
    private int _next = -1;

    private TokenArchive(Stream stream, string name, IReadOnlyList<TokenStatistics> statistics)
    {
        _stream = stream;
        Name = name;
        byte[] head = new byte[Math.Min(stream.Length, ArchiveHeader.LongestHeader)];
        stream.Position = 0;
        stream.ReadExactly(head);
        (Settings, int length) = ArchiveHeader.Read(head, name);
        _entries = ArchiveIndex.Read(stream, length, name);
        _statistics = [.. statistics];
    }

    /// <summary>How messages call it: its file name.</summary>
    public string Name { get; }

    /// <summary>What all images have in common.</summary>
    public TokenArchiveSettings Settings { get; }

    /// <summary>The images, in the order in which they were added.</summary>
    public IReadOnlyList<TokenArchiveEntry> Entries => _entries;

    /// <summary>Opens an archive and reads its list of images.</summary>
    /// <param name="path">A <c>.kt</c> file.</param>
    /// <param name="statistics">Statistics that it may have been written with; those that come along need not be given.</param>
    /// <exception cref="KarlFormatException">It is no archive, is damaged, or of a version that this library does not read.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TokenArchive Open(string path, params IReadOnlyList<TokenStatistics> statistics)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(statistics);
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 14);
        try
        {
            return new TokenArchive(stream, Path.GetFileName(path), statistics);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens an archive in a stream that can seek, which is disposed with it.</summary>
    /// <param name="stream">The whole archive.</param>
    /// <param name="name">How messages call it.</param>
    /// <param name="statistics">Statistics that it may have been written with; those that come along need not be given.</param>
    /// <inheritdoc cref="Open(string, IReadOnlyList{TokenStatistics})" path="/exception"/>
    public static TokenArchive Open(Stream stream, string name, params IReadOnlyList<TokenStatistics> statistics)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(statistics);
        return stream.CanSeek && stream.CanRead
            ? new TokenArchive(stream, name, statistics)
            : throw new ArgumentException("An archive can only be opened in a stream that can be read and can seek.", nameof(stream));
    }

    /// <summary>Makes sure that a model is the one that the tokens are of.</summary>
    /// <exception cref="KarlFormatException">It is not; names the one that is needed.</exception>
    public void RequireModel(ImageTokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        string model = TokenFileSettings.ModelOf(tokenizer.Manifest);
        if (model != Settings.Model)
        {
            throw new KarlFormatException(
                $"Token archive '{Name}' needs model {Settings.Model} ('{Printable.Shorten(Settings.ModelName)}', {Settings.ImageSize} x {Settings.ImageSize}); this is model {model}. Name the one it needs with --model.");
        }
    }

    /// <summary>The tokens of one image. In their order each costs one image; otherwise up to <see cref="TokenArchiveSettings.ImagesPerBlock"/> are decoded.</summary>
    /// <param name="index">Place in <see cref="Entries"/>.</param>
    /// <exception cref="KarlFormatException">Its bytes are damaged, or the statistics that the archive was written with are not at hand.</exception>
    public TokenSequence Read(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _entries.Length);
        lock (_lock)
        {
            _model ??= new TokenModel(Settings, FindStatistics());
            int block = index / Settings.ImagesPerBlock * Settings.ImagesPerBlock;
            TokenSequence? tokens = null;
            for (int number = _next >= block && _next <= index ? _next : block; number <= index; number++)
            {
                _next = -1;
                tokens = ReadNext(number);
                _next = number + 1;
            }

            return tokens!;
        }
    }

    /// <summary>The tokens of all images, in their order.</summary>
    /// <inheritdoc cref="Read(int)" path="/exception"/>
    public IEnumerable<TokenSequence> ReadAll()
    {
        for (int index = 0; index < _entries.Length; index++)
        {
            yield return Read(index);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {_entries.Length} images, {Settings}";

    private TokenSequence ReadNext(int number)
    {
        if (number % Settings.ImagesPerBlock == 0)
        {
            _model!.Restart();
        }

        TokenArchiveEntry entry = _entries[number];
        byte[] bytes = new byte[entry.Length];
        _stream.Position = entry.Offset;
        _stream.ReadExactly(bytes);
        if (Crc32.Append(0, bytes) != entry.Checksum)
        {
            throw ArchiveHeader.Damaged(Name, $"the checksum of '{entry.Name}' is wrong");
        }

        try
        {
            _coder.Begin(bytes);
            return _model!.Read(_coder);
        }
        catch (ArgumentException exception)
        {
            throw ArchiveHeader.Damaged(Name, $"'{entry.Name}': {exception.Message}", exception);
        }
    }

    private TokenStatistics? FindStatistics()
    {
        if (Settings.Statistics is not string needed)
        {
            return null;
        }

        IEnumerable<TokenStatistics> known = TokenStatistics.Default is TokenStatistics own ? [.. _statistics, own] : _statistics;
        return known.FirstOrDefault(one => TokenArchiveWriter.Fits(one, Settings) && one.Id == needed) ?? throw new KarlFormatException(
            $"Token archive '{Name}' was written with statistics {needed} of model {Settings.Model} ('{Printable.Shorten(Settings.ModelName)}'), which are not at hand: name their file (.kts) with --statistics, or lay it beside the model.");
    }
}
