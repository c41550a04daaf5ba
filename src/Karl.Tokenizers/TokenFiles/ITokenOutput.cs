namespace Karl.Tokenizers.TokenFiles;

/// <summary>Where tokens of many images go, one after another, perhaps in several sittings.</summary>
/// <remarks>Disposed before <see cref="Complete"/>, what was appended is kept, and the work can be taken up again.</remarks>
public interface ITokenOutput : IDisposable
{
    /// <summary>Lines that were there from earlier sittings.</summary>
    int EarlierLines { get; }

    /// <summary>How many of those say that an image could not be read.</summary>
    int EarlierErrors { get; }

    /// <summary>Whether there is a line for this image already, tokens or error.</summary>
    bool Contains(string path);

    /// <summary>Appends a line. If that fails half way, for example on a full disk, the half line is taken back.</summary>
    /// <exception cref="ArgumentException">Its tokens were made with other settings.</exception>
    /// <exception cref="IOException">It could not be written.</exception>
    void Append(TokenLine line);

    /// <summary>Says that all images are there.</summary>
    /// <exception cref="IOException">The final form could not be written; what was appended is kept.</exception>
    void Complete();
}
