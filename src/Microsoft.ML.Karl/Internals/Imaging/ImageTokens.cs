using Karl.Tokenizers.Tokenization;

namespace Microsoft.ML.Karl.Internals.Imaging;

/// <summary>What became of a row's image: its tokens; or none, for want of an image or for a reason.</summary>
/// <param name="Sequence">Tokens; null where there are none, or where nobody asked for them.</param>
/// <param name="Error">Why the image could not be read; null where it could, and where there is none.</param>
internal sealed record ImageTokens(TokenSequence? Sequence, string? Error)
{
    public static ImageTokens Missing { get; } = new(null, null);
}
