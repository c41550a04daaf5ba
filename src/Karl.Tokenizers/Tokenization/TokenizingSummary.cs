namespace Karl.Tokenizers.Tokenization;

/// <summary>What one sitting of tokenizing files has done.</summary>
/// <param name="Tokenized">Images that were tokenized.</param>
/// <param name="Failed">Images that could not be read.</param>
/// <param name="Skipped">Images that were left out because the output had them already.</param>
/// <param name="Tokens">Tokens of all tokenized images together.</param>
/// <param name="Elapsed">Time from the first image to the last.</param>
public sealed record TokenizingSummary(long Tokenized, long Failed, long Skipped, long Tokens, TimeSpan Elapsed)
{
    /// <summary>Tokens of an image on average; 0 where there was none.</summary>
    public double TokensPerImage => Tokenized == 0 ? 0 : (double)Tokens / Tokenized;

    /// <summary>Images, tokenized or not, in a second.</summary>
    public double ImagesPerSecond => (Tokenized + Failed) / Math.Max(Elapsed.TotalSeconds, 1e-6);
}
