using System.Collections.Immutable;
using System.Diagnostics;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.Evaluation.Internals;

/// <summary>Takes images through all settings, some at a time, so that memory stays bounded.</summary>
internal sealed class EvaluationRun(ImageTokenizer tokenizer, ImmutableArray<EvaluationSetting> settings, IReadOnlyList<GraphMetric> metrics, CancellationToken cancellationToken)
{
    private const int JpegQuality = 75;
    private readonly SetComparison?[] _sets = [.. metrics.Select(metric => metric.IsOfFeatures ? new SetComparison(metric, settings.Length) : null)];

    /// <summary>What metrics of features say of all images under a setting: null for other metrics, not a number where there were fewer than two images.</summary>
    public double?[] Distances(int setting) => [.. _sets.Select(set => set?.Distance(setting))];

    /// <summary>Evaluates some images.</summary>
    /// <param name="paths">Their files.</param>
    /// <returns>As many, in the same order.</returns>
    public EvaluatedImage[] Evaluate(string[] paths)
    {
        (RgbImage? Image, string? Problem)[] prepared = new (RgbImage?, string?)[paths.Length];
        InParallel(paths.Length, index => prepared[index] = tokenizer.ReadOriginal(paths[index], cancellationToken));
        RgbImage[] sound = [.. prepared.Where(one => one.Image is not null).Select(one => one.Image!)];
        int[] jpegBytes = new int[sound.Length];
        InParallel(sound.Length, index => jpegBytes[index] = ImageWriter.EncodeJpeg(sound[index], JpegQuality).Length);
        Thumbnails[] thumbnails = [.. sound.Select(image => new Thumbnails(image))];
        Array.ForEach(_sets, set => set?.AddOriginals(sound, cancellationToken));
        EvaluationResult[][] results = [.. settings.Select((_, setting) => sound.Length == 0 ? [] : Evaluate(setting, sound, thumbnails))];

        EvaluatedImage[] images = new EvaluatedImage[paths.Length];
        int next = 0;
        for (int index = 0; index < images.Length; index++)
        {
            images[index] = prepared[index].Image is null
                ? new EvaluatedImage(paths[index], prepared[index].Problem ?? "unknown", 0, [])
                : new EvaluatedImage(paths[index], null, jpegBytes[next], [.. results.Select(one => one[next])]);
            next += prepared[index].Image is null ? 0 : 1;
        }

        return images;
    }

    private EvaluationResult[] Evaluate(int setting, RgbImage[] images, Thumbnails[] thumbnails)
    {
        int size = tokenizer.ImageSize, values = images[0].Pixels.Length;
        float[] seen = new float[images.Length * values], back = new float[seen.Length];
        InParallel(images.Length, index => PlanarPixels.FromImage(images[index], seen.AsSpan(index * values, values)));
        long start = Stopwatch.GetTimestamp();
        TokenSequence[] tokens = tokenizer.EncodeAndDecode(seen, back, settings[setting].ToOptions(), cancellationToken);
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds / images.Length;
        RgbImage[] reconstructions = new RgbImage[images.Length];
        InParallel(images.Length, index => reconstructions[index] = PlanarPixels.ToImage(back.AsSpan(index * values, values), size, size));
        double[][] measured = [.. metrics.Select((metric, index) => _sets[index]?.Add(setting, reconstructions, cancellationToken) ?? metric.Compare(images, reconstructions, cancellationToken))];
        EvaluationResult[] results = new EvaluationResult[images.Length];
        InParallel(images.Length, index =>
        {
            ReadOnlySpan<float> original = seen.AsSpan(index * values, values), reconstruction = back.AsSpan(index * values, values);
            results[index] = new EvaluationResult(
                tokens[index].Count,
                tokens[index].Bits,
                tokens[index].Runs.GetValueOrDefault(),
                ImageMetrics.MeanAbsoluteError(original, reconstruction),
                ImageComparison.Between(images[index], reconstructions[index]),
                thumbnails[index].Within(tokens[index].Bits),
                [.. measured.Select(one => one[index])],
                milliseconds);
        });
        return results;
    }

    private void InParallel(int count, Action<int> work)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, work);
    }
}
