using System.Buffers;
using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.Tokenization;
using Karl.Tokenizers.Tokenization.Internals;

namespace Karl.Tokenizers.Families.Internals;

/// <summary>
/// Chooses among tokens of several lengths for one image, by decoding them: the shortest that was tried whose error is not above the one asked for; where there is
/// none, the one with the least error. The error is the mean absolute difference of the image and what the decoder gives, neither clamped nor rounded, as published.
/// </summary>
/// <param name="decoder">The model's decoder.</param>
/// <param name="original">The image as the encoder saw it, <c>[3, size, size]</c>, 0 to 1.</param>
/// <param name="epsilon">The error asked for.</param>
internal sealed class LengthSearch(DecoderRunner decoder, ReadOnlyMemory<float> original, float epsilon) : IDisposable
{
    private float[] _chosenPixels = ArrayPool<float>.Shared.Rent(original.Length);
    private float[] _triedPixels = ArrayPool<float>.Shared.Rent(original.Length);
    private TokenSequence? _chosen;
    private double _error;

    /// <summary>What was chosen among all that was tried.</summary>
    /// <exception cref="InvalidOperationException">Nothing was tried.</exception>
    public TokenSequence Chosen => _chosen ?? throw new InvalidOperationException("No tokens were tried.");

    /// <summary>What the chosen tokens decode to, <c>[3, size, size]</c>.</summary>
    public ReadOnlySpan<float> Pixels => _chosenPixels.AsSpan(0, original.Length);

    /// <summary>How often the decoder was run.</summary>
    public int DecoderRuns { get; private set; }

    /// <summary>Decodes tokens.</summary>
    /// <returns>Whether they meet the error asked for.</returns>
    public bool Try(TokenSequence tokens, CancellationToken cancellationToken)
    {
        Span<float> pixels = _triedPixels.AsSpan(0, original.Length);
        decoder.Run([tokens], pixels, cancellationToken);
        DecoderRuns++;
        double error = ImageMetrics.MeanAbsoluteError(original.Span, pixels);
        if (_chosen is null || IsBetter(tokens.Count, error))
        {
            (_chosen, _error) = (tokens, error);
            (_chosenPixels, _triedPixels) = (_triedPixels, _chosenPixels);
        }

        return error <= epsilon;
    }

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_chosenPixels);
        ArrayPool<float>.Shared.Return(_triedPixels);
        (_chosenPixels, _triedPixels) = ([], []);
    }

    private bool IsBetter(int count, double error) =>
        (error <= epsilon, _error <= epsilon) switch
        {
            (true, true) => count < _chosen!.Count,
            (false, false) => error < _error || (error == _error && count < _chosen!.Count),
            (bool meets, _) => meets,
        };
}
