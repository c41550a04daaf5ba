namespace Karl.Tokenizers;

/// <summary>A file was refused: it is damaged, hostile, or of a kind or version that this library does not understand.</summary>
/// <remarks>The message says which file and part it was, what was found, what was wanted, and what to do; it is one line, fit to be shown to a user.</remarks>
public sealed class KarlFormatException : FormatException
{
    /// <summary>Refuses a file without saying why; prefer a message.</summary>
    public KarlFormatException()
        : base("The file is not of the expected form.")
    {
    }

    /// <summary>Refuses a file for the reason in <paramref name="message"/>.</summary>
    public KarlFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Refuses a file for the reason in <paramref name="message"/>, keeping what noticed it.</summary>
    public KarlFormatException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
