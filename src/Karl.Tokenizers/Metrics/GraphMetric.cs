using System.Buffers;
using System.Security.Cryptography;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics.Internals;

namespace Karl.Tokenizers.Metrics;

/// <summary>
/// A distance or similarity of two images that an ONNX graph computes, such as LPIPS or DreamSim, or features of one image, by which sets of images are compared, such as Inception's, on the
/// processor.
/// </summary>
/// <remarks>
/// The graph takes two images, float32 <c>[batch, 3, height, width]</c>, the original first, and gives one number a pair: its first output, <c>[batch]</c> with any
/// further lengths of 1, or a single number where it takes one pair at a time. Or it takes one image and gives <c>[batch, features]</c> with any further lengths of 1. Height and width are the
/// graph's where it says so, else those of the images.
/// Safe to call from several threads.
/// </remarks>
public sealed class GraphMetric : IDisposable
{
    private const long LargestFile = 2_000_000_000;
    private readonly MetricSession _session;

    private GraphMetric(MetricSession session, GraphMetricOptions options, string name, string file, string hash)
    {
        _session = session;
        Options = options;
        Name = name;
        FileName = file;
        Sha256 = hash;
    }

    /// <summary>What reports call it.</summary>
    public string Name { get; }

    /// <summary>The name of its file, without the folder.</summary>
    public string FileName { get; }

    /// <summary>SHA-256 of its file, 64 lower-case hexadecimal digits.</summary>
    public string Sha256 { get; }

    /// <summary>How images are given to it.</summary>
    public GraphMetricOptions Options { get; }

    /// <summary>Loads a metric.</summary>
    /// <param name="name">What reports call it: letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <param name="path">An ONNX file with all its weights inside.</param>
    /// <param name="options">How images are given to it; null is the defaults.</param>
    /// <exception cref="ArgumentException">The name or an option cannot be.</exception>
    /// <exception cref="KarlFormatException">The file is no such graph; says what was found.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static GraphMetric Load(string name, string path, GraphMetricOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new GraphMetricOptions();
        if (string.IsNullOrEmpty(name) || name.Length > 40 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
        {
            throw new ArgumentException($"A metric is called '{name}'; 1 to 40 letters, digits, '-' and '_' were expected.", nameof(name));
        }

        options.Validate();
        FileInfo file = new(path);
        if (file.Exists && file.Length > LargestFile)
        {
            throw new KarlFormatException($"Metric '{file.Name}' has {file.Length} bytes; at most {LargestFile} were expected.");
        }

        byte[] model = File.ReadAllBytes(path);
        return new GraphMetric(new MetricSession(model, $"Metric '{file.Name}'", options.Threads), options, name, file.Name, Convert.ToHexStringLower(SHA256.HashData(model)));
    }

    /// <summary>Whether the graph looks at one image and gives its features, so that whole sets of images are compared, by the distance of their features' distributions.</summary>
    public bool IsOfFeatures => _session.ImageCount == 1;

    /// <summary>Compares images pair by pair.</summary>
    /// <param name="originals">Images of one size.</param>
    /// <param name="others">As many, of the same size.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <returns>A number for each pair.</returns>
    /// <exception cref="ArgumentException">There are not as many, or sizes differ.</exception>
    /// <exception cref="InvalidOperationException">The graph failed, gave other numbers than one a pair, or is one of features.</exception>
    public double[] Compare(IReadOnlyList<RgbImage> originals, IReadOnlyList<RgbImage> others, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(originals);
        ArgumentNullException.ThrowIfNull(others);
        if (IsOfFeatures)
        {
            throw new InvalidOperationException($"Metric '{FileName}' gives features of one image; it cannot compare two.");
        }

        if (originals.Count != others.Count || originals.Concat(others).Any(image => image.Width != originals[0].Width || image.Height != originals[0].Height))
        {
            throw new ArgumentException($"There are {originals.Count} and {others.Count} images; equally many of one size were expected.", nameof(others));
        }

        float[][] results = Run([originals, others], cancellationToken);
        return results.All(result => result.Length == 1)
            ? [.. results.Select(result => (double)result[0])]
            : throw new InvalidOperationException($"Metric '{FileName}' gave {results.Sum(result => result.Length)} numbers for {results.Length} pairs of images; one a pair was expected.");
    }

    /// <summary>Features of images.</summary>
    /// <param name="images">Images of one size.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <returns>As many numbers for each image.</returns>
    /// <exception cref="InvalidOperationException">The graph failed, or compares two images.</exception>
    public float[][] Features(IReadOnlyList<RgbImage> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        return IsOfFeatures ? Run([images], cancellationToken) : throw new InvalidOperationException($"Metric '{FileName}' compares two images; it gives no features.");
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    /// <summary>Name, file and the first digits of its hash.</summary>
    public override string ToString() => $"{Name} is {FileName}, SHA-256 {Sha256[..16]}";

    private float[][] Run(IReadOnlyList<RgbImage>[] images, CancellationToken cancellationToken)
    {
        float[][] results = new float[images[0].Count][];
        int atOnce = _session.FixedBatch ?? Math.Max(1, results.Length);
        for (int start = 0; start < results.Length; start += atOnce)
        {
            int count = Math.Min(atOnce, results.Length - start);
            float[] numbers = Run(images, start, count, cancellationToken);
            int each = numbers.Length / count;
            for (int index = 0; index < count; index++)
            {
                results[start + index] = numbers[(index * each)..((index + 1) * each)];
            }
        }

        return results;
    }

    private float[] Run(IReadOnlyList<RgbImage>[] images, int start, int count, CancellationToken cancellationToken)
    {
        int width = Options.Size ?? _session.Width ?? images[0][0].Width, height = Options.Size ?? _session.Height ?? images[0][0].Height;
        int values = RgbImage.Channels * width * height;
        float[][] pixels = [.. images.Select(_ => ArrayPool<float>.Shared.Rent(count * values))];
        try
        {
            for (int index = 0; index < count; index++)
            {
                for (int input = 0; input < images.Length; input++)
                {
                    Fill(images[input][start + index], width, height, pixels[input].AsSpan(index * values, values));
                }
            }

            return _session.Run([.. pixels.Select(input => input.AsMemory(0, count * values))], count, height, width, cancellationToken);
        }
        finally
        {
            Array.ForEach(pixels, input => ArrayPool<float>.Shared.Return(input));
        }
    }

    private void Fill(RgbImage image, int width, int height, Span<float> destination)
    {
        PlanarPixels.FromImage(image.Width == width && image.Height == height ? image : ImageResizer.Resize(image, width, height), destination);
        if (Options is { Least: 0, Most: 1 })
        {
            return;
        }

        foreach (ref float value in destination)
        {
            value = Options.Least + (value * (Options.Most - Options.Least));
        }
    }
}
