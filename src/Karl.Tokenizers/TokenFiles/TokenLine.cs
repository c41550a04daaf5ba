using System.Text;
using Karl.Tokenizers.TokenFiles.Internals;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.TokenFiles;

/// <summary>One line of a token file (<c>.jsonl</c>): an image's tokens, or why it has none.</summary>
/// <remarks>
/// An object with <c>path</c>, <c>tokens</c> (how many are kept), <c>positions</c>, <c>codes</c> (with <c>codebook</c>, its size) or <c>latents</c> (rows of numbers),
/// <c>bits</c>, <c>epsilon</c>, <c>budget</c>, <c>encoder_runs</c> and <c>decoder_runs</c> (not in older files), <c>model</c> and <c>milliseconds</c>; or with <c>path</c> and <c>error</c> alone.
/// Where a file was opened so, also <c>halting_probabilities</c>, one for each token of the budget.
/// </remarks>
/// <param name="Path">The image file, as it was given.</param>
/// <param name="Tokens">Its tokens; null where it could not be read. Halting probabilities are stored only in files that are opened so.</param>
/// <param name="Error">Why it could not be read; null where it could.</param>
/// <param name="Model">What model made the tokens: see <see cref="TokenFileSettings.Model"/>; null with an error.</param>
/// <param name="Milliseconds">Time spent on the image; 0 with an error.</param>
public sealed record TokenLine(string Path, TokenSequence? Tokens, string? Error, string? Model, double Milliseconds)
{
    /// <summary>The line for a result of <see cref="ImageTokenizer.EncodeFilesAsync(IEnumerable{string}, Tokenization.TokenizeOptions?, CancellationToken)"/>.</summary>
    public static TokenLine From(TokenizedImage image, TokenFileSettings settings)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(settings);
        return image.Tokens is null
            ? new TokenLine(image.Path, null, image.Error?.Message ?? "unknown", null, 0)
            : new TokenLine(image.Path, image.Tokens, null, settings.Model, image.Milliseconds);
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is not such a line; says what is wrong with it.</exception>
    public static TokenLine Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return TokenLineJson.Read(Encoding.UTF8.GetBytes(line));
    }

    /// <summary>The line as JSON, without the line feed.</summary>
    public override string ToString() => Encoding.UTF8.GetString(TokenLineJson.Write(this).WrittenSpan);
}
