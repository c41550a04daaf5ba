using System.Diagnostics;
using Karl.Tokenizers.TokenFiles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers;

public sealed partial class ImageTokenizer
{
    /// <summary>Tokenizes any number of image files into an output, leaving out those that it has already; taken up again after an interruption, nothing is done twice.</summary>
    /// <param name="paths">Image files; enumerated as they are needed, on another thread.</param>
    /// <param name="output">Receives a line for each image as soon as it is there, and <see cref="ITokenOutput.Complete"/> after the last; not disposed.</param>
    /// <param name="options">How, for all; null is <see cref="TokenizeOptions"/>' defaults.</param>
    /// <param name="progress">Hears of each line after it was appended, in order; called where the lines are appended.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run; what was appended is kept.</param>
    /// <returns>What was done. An image that cannot be read is a line with an error, and the rest goes on.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="IOException">The output could not be written.</exception>
    public async Task<TokenizingSummary> EncodeFilesAsync(
        IEnumerable<string> paths, ITokenOutput output, TokenizeOptions? options = null, Action<TokenLine>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(output);
        options ??= new TokenizeOptions();
        TokenFileSettings settings = TokenFileSettings.Of(Manifest, options);
        long start = Stopwatch.GetTimestamp(), tokenized = 0, failed = 0, tokens = 0, skipped = 0;
        IEnumerable<string> remaining = paths.Where(path =>
        {
            bool isDone = output.Contains(path);
            skipped += isDone ? 1 : 0;
            return !isDone;
        });
        await foreach (TokenizedImage image in EncodeFilesAsync(remaining, options, cancellationToken).ConfigureAwait(false))
        {
            TokenLine line = TokenLine.From(image, settings);
            output.Append(line);
            tokenized += line.Tokens is null ? 0 : 1;
            failed += line.Tokens is null ? 1 : 0;
            tokens += line.Tokens?.Count ?? 0;
            progress?.Invoke(line);
        }

        output.Complete();
        return new TokenizingSummary(tokenized, failed, skipped, tokens, Stopwatch.GetElapsedTime(start));
    }
}
