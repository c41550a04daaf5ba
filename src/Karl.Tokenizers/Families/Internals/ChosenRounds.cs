using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.Families.Internals;

/// <summary>
/// The round that each image of a batch ends with: the first whose error is below the one asked for; where there is none, the one with the least error, as published.
/// The error is the mean absolute difference of the image and what the decoder gives, neither clamped nor rounded.
/// </summary>
/// <param name="originals">The images as the encoder saw them, <c>[count, 3, size, size]</c>, 0 to 1.</param>
/// <param name="count">Images.</param>
/// <param name="epsilon">The error asked for.</param>
internal sealed class ChosenRounds(ReadOnlyMemory<float> originals, int count, float epsilon)
{
    private readonly double?[] _errors = new double?[count];
    private readonly int _values = originals.Length / count;

    /// <summary>Takes a round into account.</summary>
    /// <param name="image">Number of the image in the batch.</param>
    /// <param name="tokens">Its tokens after the round.</param>
    /// <param name="pixels">What they decode to, <c>[3, size, size]</c>.</param>
    /// <param name="chosen">Receives the tokens if no earlier round was as close.</param>
    /// <param name="reconstruction">Receives the pixels likewise, unless it is empty.</param>
    /// <returns>Whether the error asked for is met, so that no more rounds are needed.</returns>
    public bool Offer(int image, TokenSequence tokens, ReadOnlySpan<float> pixels, ref TokenSequence chosen, Span<float> reconstruction)
    {
        double error = ImageMetrics.MeanAbsoluteError(originals.Span.Slice(image * _values, _values), pixels);
        if (_errors[image] is not double least || error < least)
        {
            _errors[image] = error;
            chosen = tokens;
            if (!reconstruction.IsEmpty)
            {
                pixels.CopyTo(reconstruction);
            }
        }

        return error < epsilon;
    }
}
