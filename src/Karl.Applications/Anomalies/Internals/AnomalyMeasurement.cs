using System.Collections.Immutable;
using Karl.Applications.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Anomalies.Internals;

/// <summary>What of an image is looked at, before it is compared with normal ones.</summary>
/// <param name="Tokens">Tokens that it asks for at each epsilon.</param>
/// <param name="Error">Mean absolute difference of pixels, 0 to 1, that the whole budget leaves.</param>
/// <param name="Latents">Mean and deviation of each number of a latent over the whole budget's tokens, <c>[2 x width]</c>.</param>
/// <param name="Codes">Codes of the whole budget's tokens; empty for continuous models.</param>
internal sealed record AnomalyMeasurement(int[] Tokens, double Error, double[] Latents, int[] Codes)
{
    /// <summary>Measures images.</summary>
    /// <param name="tokenizer">A model with both halves.</param>
    /// <param name="pixels"><c>[images, 3, size, size]</c>, 0 to 1.</param>
    /// <param name="epsilons">At which tokens are counted.</param>
    /// <param name="budget">The whole budget.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    public static AnomalyMeasurement[] Measure(ImageTokenizer tokenizer, ReadOnlyMemory<float> pixels, ImmutableArray<float> epsilons, int budget, CancellationToken cancellationToken)
    {
        TokenSequence[] whole = RoundTrips.Measure(tokenizer, pixels, TokenizeOptions.Exactly(budget) with { IncludeLatents = true }, out double[] errors, cancellationToken);
        TokenSequence[][] asked = [.. epsilons.Select(epsilon => tokenizer.Encode(pixels, new TokenizeOptions { Epsilon = epsilon, Budget = budget }, cancellationToken))];
        return [.. whole.Select((tokens, index) => new AnomalyMeasurement([.. asked.Select(some => some[index].Count)], errors[index], Summary(tokens), [.. tokens.Codes]))];
    }

    private static double[] Summary(TokenSequence tokens)
    {
        int width = tokens.LatentWidth, count = Math.Max(1, tokens.Count);
        double[] summary = new double[2 * width];
        for (int index = 0; index < tokens.Latents.Length; index++)
        {
            summary[index % width] += tokens.Latents[index] / (double)count;
        }

        for (int index = 0; index < tokens.Latents.Length; index++)
        {
            double away = tokens.Latents[index] - summary[index % width];
            summary[width + (index % width)] += away * away / count;
        }

        for (int index = width; index < summary.Length; index++)
        {
            summary[index] = Math.Sqrt(summary[index]);
        }

        return summary;
    }
}
