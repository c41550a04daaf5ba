using System.Buffers;
using System.Security.Cryptography;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics.Internals;

namespace Karl.Tokenizers.Metrics;

/// <summary>A distance or similarity of two images that an ONNX graph computes, such as LPIPS or DreamSim, on the processor.</summary>
/// <remarks>
/// The graph takes two images, float32 <c>[batch, 3, height, width]</c>, the original first, and gives one number a pair: its first output, <c>[batch]</c> with any
/// further lengths of 1, or a single number where it takes one pair at a time. Height and width are the graph's where it says so, else those of the images.
/// Safe to call from several threads.
/// </remarks>
public sealed class GraphMetric : IDisposable
{
    private const long LargestFile = 2_000_000_000;
    private readonly PairSession _session;

    private GraphMetric(PairSession session, GraphMetricOptions options, string name, string file, string hash)
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
        return new GraphMetric(new PairSession(model, $"Metric '{file.Name}'", options.Threads), options, name, file.Name, Convert.ToHexStringLower(SHA256.HashData(model)));
    }

    /// <summary>Compares images pair by pair.</summary>
    /// <param name="originals">Images of one size.</param>
    /// <param name="others">As many, of the same size.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <returns>A number for each pair.</returns>
    /// <exception cref="ArgumentException">There are not as many, or sizes differ.</exception>
    /// <exception cref="InvalidOperationException">The graph failed, or gave other numbers than one a pair.</exception>
    public double[] Compare(IReadOnlyList<RgbImage> originals, IReadOnlyList<RgbImage> others, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(originals);
        ArgumentNullException.ThrowIfNull(others);
        if (originals.Count != others.Count || originals.Concat(others).Any(image => image.Width != originals[0].Width || image.Height != originals[0].Height))
        {
            throw new ArgumentException($"There are {originals.Count} and {others.Count} images; equally many of one size were expected.", nameof(others));
        }

        double[] results = new double[originals.Count];
        int atOnce = _session.FixedBatch ?? Math.Max(1, results.Length);
        for (int start = 0; start < results.Length; start += atOnce)
        {
            int count = Math.Min(atOnce, results.Length - start);
            Compare(originals, others, start, count, results, cancellationToken);
        }

        return results;
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    /// <summary>Name, file and the first digits of its hash.</summary>
    public override string ToString() => $"{Name} is {FileName}, SHA-256 {Sha256[..16]}";

    private void Compare(IReadOnlyList<RgbImage> originals, IReadOnlyList<RgbImage> others, int start, int count, double[] results, CancellationToken cancellationToken)
    {
        int width = Options.Size ?? _session.Width ?? originals[0].Width, height = Options.Size ?? _session.Height ?? originals[0].Height;
        int values = RgbImage.Channels * width * height, length = count * values;
        float[] first = ArrayPool<float>.Shared.Rent(length), second = ArrayPool<float>.Shared.Rent(length);
        try
        {
            for (int index = 0; index < count; index++)
            {
                Fill(originals[start + index], width, height, first.AsSpan(index * values, values));
                Fill(others[start + index], width, height, second.AsSpan(index * values, values));
            }

            _session.Run(first.AsMemory(0, length), second.AsMemory(0, length), count, height, width, results.AsSpan(start, count), cancellationToken);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(first);
            ArrayPool<float>.Shared.Return(second);
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
