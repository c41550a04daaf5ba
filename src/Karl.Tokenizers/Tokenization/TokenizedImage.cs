namespace Karl.Tokenizers.Tokenization;

/// <summary>What became of one image file: its tokens, or why it has none.</summary>
/// <param name="Path">The path as it was given.</param>
/// <param name="Tokens">Its tokens; null where it could not be read.</param>
/// <param name="Error">Why it could not be read; null where it could.</param>
/// <param name="PreparationMilliseconds">Time to read, decode and resize this image.</param>
/// <param name="InferenceMilliseconds">Its share of the time that its batch took on the model; preparation of others went on meanwhile.</param>
public sealed record TokenizedImage(string Path, TokenSequence? Tokens, Exception? Error, double PreparationMilliseconds, double InferenceMilliseconds)
{
    /// <summary>Time spent on this image.</summary>
    public double Milliseconds => PreparationMilliseconds + InferenceMilliseconds;

    /// <inheritdoc/>
    public override string ToString() => Tokens is null ? $"{Path}: {Error?.Message}" : $"{Path}: {Tokens}";
}
