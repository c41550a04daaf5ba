using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Karl.Tokenizers.TokenFiles.Internals;

namespace Karl.Tokenizers.TokenFiles;

/// <summary>A token file (<c>.jsonl</c>) that is being written, perhaps continued after an interruption.</summary>
/// <remarks>
/// Every line goes out whole and at once. A half line that a killed process left is dropped on opening.
/// A file that was begun with another model, epsilon or budget, or that is not a token file, is refused and left as it is.
/// One thread may append while others ask what is there.
/// </remarks>
public sealed class TokenLineFile : ITokenOutput
{
    private readonly FileStream _stream;
    private readonly bool _withProbabilities;
    private readonly Lock _lock = new();
    private readonly HashSet<UInt128> _donePaths = [];
    private long _soundLength;

    private TokenLineFile(FileStream stream, TokenFileSettings settings, bool withProbabilities)
    {
        _stream = stream;
        _withProbabilities = withProbabilities;
        Settings = settings;
    }

    /// <summary>What all tokens in the file have in common.</summary>
    public TokenFileSettings Settings { get; }

    /// <inheritdoc/>
    public int EarlierLines { get; private set; }

    /// <inheritdoc/>
    public int EarlierErrors { get; private set; }

    /// <summary>Begins a file or continues one.</summary>
    /// <param name="path">Where; missing folders are made.</param>
    /// <param name="settings">What all tokens will have in common.</param>
    /// <param name="withProbabilities">Whether lines get halting probabilities too, which several times lengthens them.</param>
    /// <exception cref="KarlFormatException">The file holds something else, or tokens made with other settings; it is left as it is.</exception>
    /// <exception cref="IOException">The file cannot be written, perhaps because another process writes it.</exception>
    public static TokenLineFile OpenOrCreate(string path, TokenFileSettings settings, bool withProbabilities = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(settings);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        FileStream stream = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        TokenLineFile file = new(stream, settings, withProbabilities);
        try
        {
            file.TakeUp(Path.GetFileName(path));
            return file;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool Contains(string path)
    {
        UInt128 key = Key(path);
        lock (_lock)
        {
            return _donePaths.Contains(key);
        }
    }

    /// <summary>Appends a line. If that fails half way, for example on a full disk, the half line is taken back.</summary>
    /// <exception cref="ArgumentException">Its tokens were made with other settings.</exception>
    public void Append(TokenLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (Difference(line) is string difference)
        {
            throw new ArgumentException($"The tokens of '{line.Path}' have {difference}; this file has {Settings}.", nameof(line));
        }

        ArrayBufferWriter<byte> bytes = TokenLineJson.Write(line, _withProbabilities);
        bytes.Write("\n"u8);
        try
        {
            _stream.Write(bytes.WrittenSpan);
        }
        catch (IOException)
        {
            _stream.SetLength(_soundLength);
            throw;
        }

        _soundLength += bytes.WrittenCount;
        lock (_lock)
        {
            _donePaths.Add(Key(line.Path));
        }
    }

    /// <inheritdoc/>
    /// <remarks>Does nothing: every line is in the file as soon as it was appended.</remarks>
    public void Complete()
    {
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void TakeUp(string name)
    {
        byte[]? half = null;
        _soundLength = _stream.Length;
        foreach (TokenLine line in TokenLineReader.ReadWhole(_stream, name, (bytes, offset) => (half, _soundLength) = (bytes, offset)))
        {
            if (Difference(line) is string difference)
            {
                throw new KarlFormatException($"Token file '{name}' was begun with {difference}; now {Settings} is asked for. Choose another output, or ask for the same.");
            }

            EarlierLines++;
            EarlierErrors += line.Error is null ? 0 : 1;
            _donePaths.Add(Key(line.Path));
        }

        if (half is not null)
        {
            ReadOnlySpan<byte> beginning = "{\"path\":"u8;
            if (!half.AsSpan().StartsWith(beginning[..Math.Min(half.Length, beginning.Length)]))
            {
                throw new KarlFormatException($"'{name}' is there already and is not a token file; choose another output.");
            }

            _stream.SetLength(_soundLength);
        }

        _stream.Position = _soundLength;
    }

    private string? Difference(TokenLine line)
    {
        if (line.Tokens is null)
        {
            return null;
        }

        TokenFileSettings found = new(line.Model ?? string.Empty, line.Tokens.Epsilon, line.Tokens.Budget);
        return found == Settings ? null : found.ToString();
    }

    /// <summary>A path by 16 bytes of its hash, so that millions of images fit in memory.</summary>
    private static UInt128 Key(string path)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(path), hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
