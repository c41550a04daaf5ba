using Karl.Tokenizers;
using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Internals;

/// <summary>Images into tokens and back, and how far that is away.</summary>
internal static class RoundTrips
{
    /// <summary>Tokenizes images, turns the tokens back, and measures how far the results are away.</summary>
    /// <param name="tokenizer">The model.</param>
    /// <param name="pixels"><c>[images, 3, size, size]</c>, 0 to 1.</param>
    /// <param name="options">How.</param>
    /// <param name="errors">As many: mean absolute difference of pixels from 0 to 1, of what the decoder gives, as an epsilon asks for it.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    public static TokenSequence[] Measure(ImageTokenizer tokenizer, ReadOnlyMemory<float> pixels, TokenizeOptions options, out double[] errors, CancellationToken cancellationToken)
    {
        float[] back = new float[pixels.Length];
        TokenSequence[] tokens = tokenizer.EncodeAndDecode(pixels, back, options, cancellationToken);
        int values = pixels.Length / Math.Max(1, tokens.Length);
        double[] measured = new double[tokens.Length];
        Parallel.For(
            0,
            tokens.Length,
            new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount },
            index => measured[index] = ImageMetrics.MeanAbsoluteError(pixels.Span.Slice(index * values, values), back.AsSpan(index * values, values)));
        errors = measured;
        return tokens;
    }
}
