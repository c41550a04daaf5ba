using System.Runtime.CompilerServices;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.Reconstruction;
using Karl.Tokenizers.TokenFiles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers;

public sealed partial class ImageTokenizer
{
    private const int BatchesAtOnce = 4;
    private const int SmallestComparable = 11;

    /// <summary>Turns any number of token lines back into images and compares each with the original, where that is still at its path. Memory stays bounded.</summary>
    /// <param name="lines">Lines of this model, from a token file or from tokenizing; those with an error are passed on without an image.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <returns>One result a line, in their order.</returns>
    /// <exception cref="KarlFormatException">A line's tokens were made with another model.</exception>
    public IAsyncEnumerable<ReconstructedImage> ReconstructAsync(IAsyncEnumerable<TokenLine> lines, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lines);
        RequireDecoder();
        return ReconstructAllAsync(lines, cancellationToken);
    }

    /// <summary>Makes sure that a line's tokens are this model's.</summary>
    /// <exception cref="KarlFormatException">They were made with another.</exception>
    public void RequireOwn(TokenLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        string model = TokenFileSettings.ModelOf(Manifest);
        if (line.Tokens is not null && line.Model != model)
        {
            throw new KarlFormatException($"The tokens of '{line.Path}' were made with model {line.Model}; this is model {model}. Give the one that they were made with.");
        }
    }

    private async IAsyncEnumerable<ReconstructedImage> ReconstructAllAsync(IAsyncEnumerable<TokenLine> lines, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (TokenLine[] some in lines.Chunk(BatchesAtOnce * _options.BatchSize).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            Array.ForEach(some, RequireOwn);
            Task<(RgbImage? Image, string? Problem)>[] originals =
                [.. some.Select(line => Task.Run(() => line.Tokens is null ? (null, line.Error) : ReadOriginal(line.Path, cancellationToken), cancellationToken))];
            TokenSequence[] sequences = [.. some.Where(line => line.Tokens is not null).Select(line => line.Tokens!)];
            RgbImage[] images = sequences.Length == 0 ? [] : Decode(sequences, cancellationToken);
            int next = 0;
            for (int index = 0; index < some.Length; index++)
            {
                TokenLine line = some[index];
                (RgbImage? original, string? problem) = await originals[index].ConfigureAwait(false);
                RgbImage? image = line.Tokens is null ? null : images[next++];
                ImageComparison? comparison = image is not null && original is not null && ImageSize >= SmallestComparable ? ImageComparison.Between(original, image) : null;
                yield return new ReconstructedImage(line.Path, line.Tokens, image, original, comparison, problem);
            }
        }
    }

    /// <summary>The original as the model saw it. Its path comes from a file that may be hostile: a pipe or a device, whose length is 0, is not opened.</summary>
    internal (RgbImage? Image, string? Problem) ReadOriginal(string path, CancellationToken cancellationToken)
    {
        try
        {
            FileInfo file = new(path);
            return !file.Exists || file.Length == 0
                ? (null, $"'{path}' is not there.")
                : (_preprocessor.Process(_options.ImageDecoder.Decode(path, cancellationToken)), null);
        }
        catch (Exception exception) when (exception is KarlFormatException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, exception.Message);
        }
    }
}
