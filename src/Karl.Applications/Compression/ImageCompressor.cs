using System.Collections.Immutable;
using Karl.Applications.Compression.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Compression;

/// <summary>Image files into a token archive, and what that is worth.</summary>
public static class ImageCompressor
{
    private const int AtOnce = 16, SmallestComparable = 11;

    /// <summary>Compresses any number of image files. Memory stays bounded but for a few numbers an image.</summary>
    /// <param name="tokenizer">The archive's model; its decoder is needed to compare.</param>
    /// <param name="paths">Image files; enumerated as they are needed.</param>
    /// <param name="archive">Receives the tokens; it is not completed.</param>
    /// <param name="statistics">What the archive was made with.</param>
    /// <param name="options">How; null is the defaults.</param>
    /// <param name="progress">Hears of each image, those that cannot be read as well.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <exception cref="InvalidOperationException">They are to be compared, and the model's images are too small for that.</exception>
    public static async Task<CompressionReport> CompressAsync(
        ImageTokenizer tokenizer, IEnumerable<string> paths, TokenArchiveWriter archive, TokenStatistics? statistics, CompressionOptions? options = null, Action<ComparedImage>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(archive);
        options ??= new CompressionOptions();
        if (options.Compare && tokenizer.ImageSize < SmallestComparable)
        {
            throw new InvalidOperationException($"The model's images are {tokenizer.ImageSize} x {tokenizer.ImageSize}; only those of at least {SmallestComparable} x {SmallestComparable} can be compared. Compress without comparing.");
        }

        IdealMeter meter = new(archive.Settings, statistics);
        ImmutableArray<ComparedImage>.Builder images = ImmutableArray.CreateBuilder<ComparedImage>();
        await foreach (TokenizedImage[] some in tokenizer.EncodeFilesAsync(paths, options.Tokenizing, cancellationToken).Chunk(AtOnce).ConfigureAwait(false))
        {
            ComparedImage[] done = [.. some.Select(image => Add(image, archive, meter))];
            if (options.Compare)
            {
                Compare(done, some, tokenizer, archive.Settings, options.SheetImages - images.Count, cancellationToken);
            }

            foreach (ComparedImage image in done)
            {
                images.Add(image);
                progress?.Invoke(image);
            }
        }

        return new CompressionReport(archive.Settings, images.ToImmutable(), archive.HeaderBytes, archive.FileBytes);
    }

    private static ComparedImage Add(TokenizedImage image, TokenArchiveWriter archive, IdealMeter meter)
    {
        if (image.Tokens is not TokenSequence tokens)
        {
            return new ComparedImage(image.Path, image.Error?.Message ?? "unknown", 0, null, 0, 0, null, null, null);
        }

        TokenArchiveEntry entry = archive.Add(image.Path, tokens);
        return new ComparedImage(image.Path, null, tokens.Count, entry, tokens.Bits + tokens.Budget, meter.Measure(tokens), null, null, null);
    }

    private static void Compare(ComparedImage[] done, TokenizedImage[] some, ImageTokenizer tokenizer, TokenArchiveSettings settings, int shown, CancellationToken cancellationToken)
    {
        int[] sound = [.. Enumerable.Range(0, done.Length).Where(index => done[index].Entry is not null)];
        if (sound.Length == 0)
        {
            return;
        }

        RgbImage[] reconstructions = tokenizer.Decode([.. sound.Select(index => LatentSteps.Stored(some[index].Tokens!, settings.LatentStep))], cancellationToken);
        Parallel.For(0, sound.Length, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, number =>
        {
            ComparedImage image = done[sound[number]];
            if (tokenizer.ReadOriginal(image.Path, cancellationToken).Image is not RgbImage original)
            {
                return;
            }

            ImageComparison comparison = ImageComparison.Between(original, reconstructions[number]);
            done[sound[number]] = image with
            {
                Comparison = comparison,
                Jpeg = new RivalSearch(original, RivalFormat.Jpeg, cancellationToken).Find(image.Entry!.Bytes, comparison.MeanAbsoluteError),
                WebP = new RivalSearch(original, RivalFormat.WebP, cancellationToken).Find(image.Entry!.Bytes, comparison.MeanAbsoluteError),
                Original = sound[number] < shown ? original : null,
                Reconstruction = sound[number] < shown ? reconstructions[number] : null,
            };
        });
        for (int index = 0; index < done.Length; index++)
        {
            if (done[index].Original is null)
            {
                done[index] = done[index] with { Jpeg = WithoutPixels(done[index].Jpeg), WebP = WithoutPixels(done[index].WebP) };
            }
        }
    }

    /// <summary>Pixels are only kept of what is shown.</summary>
    private static RivalResult? WithoutPixels(RivalResult? result) => result is null ? null : result with
    {
        Whole = WithoutPixels(result.Whole),
        AnySize = WithoutPixels(result.AnySize),
        Smallest = WithoutPixels(result.Smallest)!,
    };

    private static Rival? WithoutPixels(Rival? rival) => rival is null ? null : rival with { Image = null };
}
