using System.Diagnostics;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.Tokenization;

namespace Karl.Export.Agreement;

/// <summary>Runs two bundles of one network on the same images.</summary>
public static class BundleAgreement
{
    private const int TimedRuns = 3;

    /// <summary>Measures how far a candidate agrees with a reference.</summary>
    /// <param name="referencePath">The exact bundle.</param>
    /// <param name="candidatePath">The faster bundle.</param>
    /// <param name="imagePaths">Image files, at least one.</param>
    /// <param name="options">How images are tokenized, by both.</param>
    /// <param name="progress">Told after each image how many are done.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <exception cref="ArgumentException">There is no image.</exception>
    /// <exception cref="KarlFormatException">A bundle or an image is damaged.</exception>
    public static AgreementReport Measure(
        string referencePath, string candidatePath, IReadOnlyList<string> imagePaths, TokenizeOptions? options = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(imagePaths);
        if (imagePaths.Count == 0) throw new ArgumentException("There is no image to compare the models on; give some that are like those to be tokenized.", nameof(imagePaths));
        using var reference = ImageTokenizer.Load(referencePath);
        using var candidate = ImageTokenizer.Load(candidatePath);
        var preprocessor = new ImagePreprocessor(new ImagePreprocessorOptions { Size = reference.ImageSize });
        var decoder = new ImageDecoder();
        var results = new List<ImageAgreement>();
        float[]? first = null;
        foreach (var path in imagePaths)
        {
            var pixels = new float[preprocessor.ValueCount];
            preprocessor.Process(decoder.Decode(path, cancellationToken), pixels);
            first ??= pixels;
            var (expected, actual) = (reference.Encode(pixels, options, cancellationToken)[0], candidate.Encode(pixels, options, cancellationToken)[0]);
            results.Add(ImageAgreement.Of(Path.GetFileName(path), expected, actual, Error(reference, expected, pixels, cancellationToken), Error(candidate, actual, pixels, cancellationToken)));
            progress?.Report(results.Count);
        }
        return new(results, Gain(reference, candidate, first!, options, cancellationToken));
    }

    private static double Error(ImageTokenizer tokenizer, TokenSequence tokens, float[] original, CancellationToken cancellationToken)
    {
        var pixels = new float[original.Length];
        tokenizer.Decode(tokens, pixels, cancellationToken);
        return ImageMetrics.MeanAbsoluteError(original, pixels);
    }

    /// <summary>Fastest of several encodings each, by turns.</summary>
    private static double Gain(ImageTokenizer reference, ImageTokenizer candidate, float[] pixels, TokenizeOptions? options, CancellationToken cancellationToken)
    {
        var (slow, fast) = (double.MaxValue, double.MaxValue);
        for (var run = 0; run < TimedRuns; run++)
        {
            slow = Math.Min(slow, Time(reference));
            fast = Math.Min(fast, Time(candidate));
        }
        return slow / fast;

        double Time(ImageTokenizer tokenizer)
        {
            var start = Stopwatch.GetTimestamp();
            tokenizer.Encode(pixels, options, cancellationToken);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }
}
