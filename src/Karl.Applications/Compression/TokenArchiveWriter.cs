using System.Buffers;
using Karl.Applications.Compression.Internals;
using Karl.Tokenizers.Internals;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Compression;

/// <summary>Writes a token archive (<c>.kt</c>), image by image. The file appears under its name when all is done; disposed before, nothing is left.</summary>
/// <remarks>Memory is what the model's counts take, and the names. One thread at a time.</remarks>
public sealed class TokenArchiveWriter : IDisposable
{
    private const int MostImages = 1 << 26;
    private readonly Stream _stream;
    private (string Temporary, string Final)? _paths;
    private readonly TokenModel _model;
    private readonly RangeEncoder _coder = new();
    private readonly ArrayBufferWriter<byte> _index = new();
    private readonly long _start;
    private string _lastName = string.Empty;
    private bool _isComplete;

    /// <summary>Writes into a stream, which is left open.</summary>
    /// <param name="stream">Where to; it need not seek.</param>
    /// <param name="settings">What all images have in common; <see cref="TokenArchiveSettings.Statistics"/> is filled in.</param>
    /// <param name="statistics">The model's, or null to begin with none.</param>
    /// <exception cref="ArgumentException">Settings cannot be, or the statistics are another model's.</exception>
    public TokenArchiveWriter(Stream stream, TokenArchiveSettings settings, TokenStatistics? statistics = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(settings);
        Settings = settings with { Statistics = statistics?.Id };
        if (Settings.Problems() is { Length: > 0 } problems)
        {
            throw new ArgumentException($"An archive cannot have these settings: {problems}.", nameof(settings));
        }

        if (statistics is not null && !Fits(statistics, settings))
        {
            throw new ArgumentException($"The statistics are of model {statistics.Model}, codes of {statistics.CodebookSize}; the archive is for {settings}.", nameof(statistics));
        }

        _stream = stream;
        _model = new TokenModel(Settings, statistics);
        byte[] header = ArchiveHeader.Write(Settings);
        _stream.Write(header);
        _start = HeaderBytes = header.Length;
    }

    /// <summary>What all images have in common.</summary>
    public TokenArchiveSettings Settings { get; }

    /// <summary>How many images were added.</summary>
    public int Count { get; private set; }

    /// <summary>What the head of the file takes.</summary>
    public int HeaderBytes { get; }

    /// <summary>What the tokens of all images take, without the index.</summary>
    public long TokenBytes { get; private set; }

    /// <summary>What the file takes, or took when it was complete.</summary>
    public long FileBytes => _start + TokenBytes + _index.WrittenCount + ArchiveIndex.FooterLength;

    /// <summary>Writes a file. It is there when <see cref="Complete"/> was called; missing folders are made.</summary>
    /// <inheritdoc cref="TokenArchiveWriter(Stream, TokenArchiveSettings, TokenStatistics?)"/>
    public static TokenArchiveWriter Create(string path, TokenArchiveSettings settings, TokenStatistics? statistics = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        string temporary = Path.Join(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write);
        try
        {
            return new TokenArchiveWriter(stream, settings, statistics) { _paths = (temporary, path) };
        }
        catch
        {
            stream.Dispose();
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Adds an image.</summary>
    /// <param name="name">Its path or name, by which it is found again; not empty, at most 4096 bytes of UTF-8.</param>
    /// <param name="tokens">Tokens of the archive's model, asked for with the archive's epsilon and budget.</param>
    /// <returns>Where it is and how many bytes it took.</returns>
    /// <exception cref="ArgumentException">They are other tokens, or a latent is too large for the step.</exception>
    public TokenArchiveEntry Add(string name, TokenSequence tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArchiveIndex.RequireName(name);
        RequireFit(name, tokens);
        ObjectDisposedException.ThrowIf(_isComplete, this);
        if (Count == MostImages)
        {
            throw new InvalidOperationException($"The archive holds {MostImages} images, as many as it can; begin another.");
        }

        if (Count % Settings.ImagesPerBlock == 0)
        {
            _model.Restart();
        }

        _coder.Begin();
        _model.Write(_coder, tokens);
        ReadOnlySpan<byte> bytes = _coder.Finish();
        _stream.Write(bytes);
        TokenArchiveEntry entry = new(name, _start + TokenBytes, bytes.Length, Crc32.Append(0, bytes), ArchiveIndex.BytesBesideName(bytes.Length));
        ArchiveIndex.Append(_index, _lastName, entry);
        _lastName = name;
        TokenBytes += bytes.Length;
        Count++;
        return entry;
    }

    /// <summary>Writes the index, and gives the file its name.</summary>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(_isComplete, this);
        _stream.Write(_index.WrittenSpan);
        _stream.Write(ArchiveIndex.Footer(_index.WrittenSpan, _start + TokenBytes, Count));
        _stream.Flush();
        _isComplete = true;
        if (_paths is (string temporary, string final))
        {
            _stream.Dispose();
            File.Move(temporary, final, overwrite: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_paths is (string temporary, _))
        {
            _stream.Dispose();
            File.Delete(temporary);
        }

        _isComplete = true;
    }

    internal static bool Fits(TokenStatistics statistics, TokenArchiveSettings settings) =>
        statistics.Model == settings.Model && statistics.CodebookSize == settings.CodebookSize && statistics.MaximumBudget == settings.MaximumBudget;

    private void RequireFit(string name, TokenSequence tokens)
    {
        if (tokens.Budget != Settings.Budget || tokens.Epsilon != Settings.Epsilon || tokens.CodebookSize != Settings.CodebookSize
            || (tokens.CodebookSize is null && tokens.LatentWidth != Settings.LatentWidth))
        {
            throw new ArgumentException($"The tokens of '{name}' are {tokens}; this archive is for {Settings}.", nameof(tokens));
        }
    }
}
