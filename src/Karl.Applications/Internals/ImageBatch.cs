using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Internals;

/// <summary>Some images as the model sees them, in memory together; many files go by in such batches.</summary>
internal sealed class ImageBatch
{
    /// <summary>Images in one batch: enough to read several at a time, few enough for memory.</summary>
    private const int Length = 32;

    private readonly ImageTokenizer _tokenizer;
    private readonly float[] _seen;
    private readonly CancellationToken _cancellationToken;

    private ImageBatch(ImageTokenizer tokenizer, string[] paths, RgbImage[] images, CancellationToken cancellationToken)
    {
        _tokenizer = tokenizer;
        _cancellationToken = cancellationToken;
        (Paths, Images) = (paths, images);
        _seen = new float[images.Sum(image => image.Pixels.Length)];
        InParallel(index => PlanarPixels.FromImage(images[index], _seen.AsSpan(index * ValuesPerImage, ValuesPerImage)));
    }

    /// <summary>Files that could be read, at least one.</summary>
    public string[] Paths { get; }

    /// <summary>As many images, each resized and cropped to the model's square.</summary>
    public RgbImage[] Images { get; }

    /// <summary>The same as the model's input, <c>[images, 3, size, size]</c>, 0 to 1.</summary>
    public ReadOnlyMemory<float> Pixels => _seen;

    private int ValuesPerImage => 3 * _tokenizer.ImageSize * _tokenizer.ImageSize;

    /// <summary>Reads files, several at a time.</summary>
    /// <param name="tokenizer">The model.</param>
    /// <param name="paths">Enumerated as they are needed.</param>
    /// <param name="unreadable">Hears of each file that is no image.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static IEnumerable<ImageBatch> Read(ImageTokenizer tokenizer, IEnumerable<string> paths, Action<ImageProgress> unreadable, CancellationToken cancellationToken)
    {
        foreach (string[] some in paths.Chunk(Length))
        {
            (RgbImage? Image, string? Problem)[] read = new (RgbImage?, string?)[some.Length];
            InParallel(some.Length, index => read[index] = tokenizer.ReadOriginal(some[index], cancellationToken), cancellationToken);
            for (int index = 0; index < some.Length; index++)
            {
                if (read[index].Image is null)
                {
                    unreadable(new ImageProgress(some[index], read[index].Problem ?? "unknown"));
                }
            }

            string[] sound = [.. some.Where((_, index) => read[index].Image is not null)];
            if (sound.Length > 0)
            {
                yield return new ImageBatch(tokenizer, sound, [.. read.Where(one => one.Image is not null).Select(one => one.Image!)], cancellationToken);
            }
        }
    }

    /// <summary>Tokenizes all of them.</summary>
    public TokenSequence[] Encode(TokenizeOptions options) => _tokenizer.Encode(_seen, options, _cancellationToken);

    /// <summary>Tokenizes all of them, turns the tokens back, and measures how far the results are away.</summary>
    /// <inheritdoc cref="RoundTrips.Measure"/>
    public TokenSequence[] RoundTrip(TokenizeOptions options, out double[] errors) => RoundTrips.Measure(_tokenizer, _seen, options, out errors, _cancellationToken);

    /// <summary>Does something with each image, several at a time.</summary>
    public void InParallel(Action<int> work) => InParallel(Images.Length, work, _cancellationToken);

    private static void InParallel(int count, Action<int> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, work);
    }
}
