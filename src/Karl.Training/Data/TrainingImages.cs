using System.Security.Cryptography;
using System.Text;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Training.Data.Internals;

namespace Karl.Training.Data;

/// <summary>
/// Image files as training samples: shuffled anew in every epoch, each a random part of its image resized to a square, half of them mirrored.
/// What a sample holds depends on files, options and its number alone, so a training that is taken up again sees the batches that it would have seen.
/// </summary>
/// <remarks>
/// Samples are numbered without end: number n is place <c>n % Count</c> of epoch <c>n / Count</c>, and batches run over the ends of epochs.
/// An image that cannot be read is told once and left out: the next one in the epoch's order stands in for it. Safe to use from many threads.
/// </remarks>
public sealed class TrainingImages
{
    private readonly ImageStore _store;
    private readonly EpochOrder _order;

    private TrainingImages(string[] paths, TrainingImageOptions options)
    {
        Options = options;
        _store = new ImageStore(paths, options);
        _order = new EpochOrder(paths.Length, options.Seed);
    }

    /// <summary>How samples are made.</summary>
    public TrainingImageOptions Options { get; }

    /// <summary>Files, readable or not.</summary>
    public int Count => _store.Paths.Length;

    /// <summary>All files in the order in which they were found.</summary>
    public IReadOnlyList<string> Paths => _store.Paths;

    /// <summary>Files that could not be read so far.</summary>
    public int BrokenCount => _store.BrokenCount;

    /// <summary>Images whose decoded pixels are in memory, and how many bytes these take.</summary>
    public (int Images, long Bytes) Cached => _store.Cached;

    /// <summary>SHA-256 of the files' names in their order, without folders: where it differs, another set of files gives other batches.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', _store.Paths.Select(Path.GetFileName)))));

    /// <summary>Finds the files; none is opened yet.</summary>
    /// <param name="names">Files, folders and patterns, as <see cref="ImageFiles.Find"/> takes them.</param>
    /// <param name="options">How samples are made; null is the defaults.</param>
    /// <exception cref="KarlFormatException">There is no image.</exception>
    /// <exception cref="ArgumentException">The options cannot be; all problems are listed.</exception>
    public static TrainingImages Find(IEnumerable<string> names, TrainingImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        options ??= new TrainingImageOptions();
        options.Validate();
        string[] given = [.. names];
        List<string> problems = [];
        string[] paths = [.. ImageFiles.Find(given, problems.Add)];
        if (paths.Length == 0)
        {
            throw new KarlFormatException($"No image was found to train on. {string.Join(" ", problems.Take(5))}".TrimEnd());
        }

        problems.ForEach(problem => options.Warn?.Invoke(problem));
        return new TrainingImages(paths, options);
    }

    /// <summary>Makes one sample, on this thread.</summary>
    /// <param name="number">Its number, at least 0.</param>
    /// <param name="destination"><c>[3, Size, Size]</c>, float32, 0 to 1, red, green, blue.</param>
    /// <param name="cancellationToken">Stops the decoding.</param>
    /// <returns>Index in <see cref="Paths"/> of the image that it shows.</returns>
    /// <exception cref="KarlFormatException">No image can be read.</exception>
    /// <exception cref="ArgumentException">The destination is too small.</exception>
    public int ReadSample(long number, Span<float> destination, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        if (destination.Length < Options.ValuesPerImage)
        {
            throw new ArgumentException($"The destination holds {destination.Length} values; [3, {Options.Size}, {Options.Size}] needs {Options.ValuesPerImage}.", nameof(destination));
        }

        (long epoch, long position) = Math.DivRem(number, Count);
        ReadOnlySpan<int> order = _order.Of(epoch);
        for (int attempt = 0; attempt < order.Length; attempt++)
        {
            int index = order[(int)((position + attempt) % order.Length)];
            if (_store.Read(index, cancellationToken) is RgbImage image)
            {
                SampleRandom random = new(Options.Seed, epoch, position);
                RandomCrop.Read(image, Options, ref random, destination[..Options.ValuesPerImage]);
                ComplexityShift.Apply(destination[..Options.ValuesPerImage], Options, ref random);
                return index;
            }
        }

        throw new KarlFormatException($"None of the {Count} images can be read; give others. The first problem: {_store.FirstProblem}");
    }

    /// <summary>Makes one batch, on this thread: the slow way, for those who want only a few.</summary>
    /// <param name="step">Which one, from 0: it holds samples <c>step * BatchSize</c> to below <c>(step + 1) * BatchSize</c>.</param>
    /// <param name="cancellationToken">Stops the decoding.</param>
    /// <exception cref="KarlFormatException">No image can be read.</exception>
    public ImageBatch ReadBatch(long step, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        float[] pixels = new float[Options.BatchSize * Options.ValuesPerImage];
        int[] indices = new int[Options.BatchSize];
        for (int index = 0; index < indices.Length; index++)
        {
            indices[index] = ReadSample((step * indices.Length) + index, pixels.AsSpan(index * Options.ValuesPerImage, Options.ValuesPerImage), cancellationToken);
        }

        return new ImageBatch(step, pixels, indices, Options.Size);
    }

    /// <summary>Starts making batches in the background, so that each is ready when it is wanted.</summary>
    /// <param name="firstStep">The first batch, from 0; where a training is taken up again, the first that it has not seen.</param>
    public BatchReader Open(long firstStep = 0) => new(this, firstStep);

    /// <summary>The same images as they are evaluated: every readable one once, in the order of <see cref="Paths"/>, resized and cut at the centre as the tokenizer does.</summary>
    /// <param name="count">At most so many images, spread evenly over all; null is all.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Batches of <see cref="TrainingImageOptions.BatchSize"/>, the last one smaller. Nothing is kept in memory.</returns>
    public IEnumerable<ImageBatch> ReadInOrder(int? count = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count ?? 1, 1, nameof(count));
        return OrderedBatches.Read(_store, Options, Math.Min(count ?? Count, Count), cancellationToken);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Count} images, {Options.BatchSize} x {Options.Size} x {Options.Size} a batch, seed {Options.Seed}";
}
