using System.Globalization;

namespace Karl.Tokenizers.Imaging.Internals;

/// <summary>Reads a whole stream into memory, but never more than allowed.</summary>
internal static class BoundedReader
{
    private const int FirstGuess = 64 * 1024;

    public static byte[] ReadAll(Stream stream, long maximumBytes, string name, CancellationToken cancellationToken)
    {
        long guess = stream.CanSeek ? stream.Length - stream.Position : FirstGuess;
        if (guess > maximumBytes)
        {
            throw TooLarge(name, guess, maximumBytes);
        }

        // One byte more than expected, so that the end is seen without growing.
        byte[] buffer = new byte[Math.Max(0, guess) + 1];
        int length = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int read = stream.Read(buffer, length, buffer.Length - length);
            length += read;
            if (length > maximumBytes)
            {
                throw TooLarge(name, length, maximumBytes);
            }

            if (read == 0)
            {
                break;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(Math.Max(FirstGuess, buffer.Length * 2L), Array.MaxLength));
            }
        }

        Array.Resize(ref buffer, length);
        return buffer;
    }

    public static KarlFormatException TooLarge(string name, long bytes, long maximumBytes) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Image '{name}': found at least {bytes} bytes, wanted at most {maximumBytes}; raise ImageLimits.MaximumFileBytes if the file is trusted."));
}
