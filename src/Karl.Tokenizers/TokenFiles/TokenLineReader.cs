using System.Buffers;

namespace Karl.Tokenizers.TokenFiles;

/// <summary>Reads token files (<c>.jsonl</c>) line by line in bounded memory.</summary>
public static class TokenLineReader
{
    private const int LongestLine = 16 << 20;

    /// <summary>Reads all lines of a file, as they are enumerated.</summary>
    /// <exception cref="KarlFormatException">A line is not a token line, or the last one is cut off; says which.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IEnumerable<TokenLine> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ReadFile(path);
    }

    /// <summary>Reads whole lines from the beginning; afterwards <paramref name="stream"/>'s position means nothing.</summary>
    /// <param name="stream">A token file.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="cutOff">Receives what follows the last line feed, where anything does, and where it begins.</param>
    internal static IEnumerable<TokenLine> ReadWhole(Stream stream, string name, Action<byte[], long>? cutOff)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            long lineNumber = 0, bufferOffset = 0;
            int filled = 0;
            while (true)
            {
                int read = stream.Read(buffer, filled, buffer.Length - filled);
                filled += read;
                int start = 0;
                for (int end; (end = buffer.AsSpan(start, filled - start).IndexOf((byte)'\n')) >= 0; start += end + 1)
                {
                    lineNumber++;
                    if (end > 0)
                    {
                        yield return Parse(buffer.AsMemory(start, end), name, lineNumber);
                    }
                }

                filled -= start;
                bufferOffset += start;
                buffer.AsSpan(start, filled).CopyTo(buffer);
                if (read == 0)
                {
                    if (filled > 0)
                    {
                        cutOff?.Invoke(buffer[..filled], bufferOffset);
                    }

                    yield break;
                }

                buffer = GrowIfFull(buffer, filled, name, lineNumber);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static IEnumerable<TokenLine> ReadFile(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        string name = Path.GetFileName(path);
        bool isCutOff = false;
        foreach (TokenLine line in ReadWhole(stream, name, (_, _) => isCutOff = true))
        {
            yield return line;
        }

        if (isCutOff)
        {
            throw new KarlFormatException($"Token file '{name}': its last line is cut off. Run the tokenizing again to complete it, or delete that line.");
        }
    }

    private static byte[] GrowIfFull(byte[] buffer, int filled, string name, long lineNumber)
    {
        if (filled < buffer.Length)
        {
            return buffer;
        }

        if (filled >= LongestLine)
        {
            throw new KarlFormatException($"Token file '{name}': line {lineNumber + 1} is longer than {LongestLine} bytes; this is not a token file.");
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static TokenLine Parse(ReadOnlyMemory<byte> line, string name, long lineNumber)
    {
        try
        {
            return Internals.TokenLineJson.Read(line);
        }
        catch (FormatException exception)
        {
            throw new KarlFormatException($"Token file '{name}': line {lineNumber} is not a token line: {exception.Message}", exception);
        }
    }
}
