using System.Collections.Immutable;
using Karl.Applications.Explanation.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Explanation;

/// <summary>Finds out which part of an image each of its tokens serves, for models of every family.</summary>
/// <remarks>
/// By leaving each token out and decoding the others: a run of the decoder a token. And, where the decoder's attention graph is given (<c>Karl.Export</c> makes it
/// out of a bundle's decoder), by where the decoder looks. The two need not agree: attention says what is read, not what comes of it.
/// </remarks>
public sealed class TokenExplainer : IDisposable
{
    private readonly ImageTokenizer _tokenizer;
    private readonly AttentionRun? _attention;

    /// <summary>Prepares a model.</summary>
    /// <param name="tokenizer">With encoder and decoder; not disposed.</param>
    /// <param name="attentionGraph">
    /// An ONNX graph that takes what the decoder takes and gives <c>attention</c>, float32 <c>[batch, 2D tokens, kept]</c>; null for explanations without attention.
    /// </param>
    /// <param name="threads">Threads that compute attention; null is ONNX Runtime's choice.</param>
    /// <exception cref="KarlFormatException">The attention graph is none.</exception>
    public TokenExplainer(ImageTokenizer tokenizer, byte[]? attentionGraph = null, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        _tokenizer = tokenizer;
        _attention = attentionGraph is null ? null : new AttentionRun(attentionGraph, tokenizer.Manifest, threads);
    }

    /// <summary>Explains the tokens of one image.</summary>
    /// <param name="image">8-bit RGB of any size.</param>
    /// <param name="options">How it is tokenized; null is the defaults.</param>
    /// <param name="progress">Told how many of how many tokens are done.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <exception cref="ArgumentException">The options cannot be.</exception>
    /// <exception cref="InvalidOperationException">Half of the model is not loaded.</exception>
    public TokenExplanation Explain(RgbImage image, TokenizeOptions? options = null, Action<int, int>? progress = null, CancellationToken cancellationToken = default)
    {
        RgbImage original = _tokenizer.Preprocess(image);
        float[] seen = new float[original.Pixels.Length], back = new float[seen.Length];
        PlanarPixels.FromImage(original, seen);
        TokenSequence tokens = _tokenizer.EncodeAndDecode(seen, back, options, cancellationToken)[0];
        int done = 0;
        ImmutableArray<float>[] changes = ChangeMaps.Of(_tokenizer, tokens, back, progress is null ? null : () => progress(++done, tokens.Count), cancellationToken);
        float[]? attention = tokens.Count == 0 ? null : _attention?.Of(tokens, cancellationToken);
        ImmutableArray<TokenMap> maps = [.. changes.Select((change, index) => new TokenMap(
            tokens.Positions[index], tokens.IsQuantized ? tokens.Codes[index] : null, change, attention is null ? [] : Column(attention, index, tokens.Count)))];
        return new TokenExplanation(
            original,
            PlanarPixels.ToImage(back, _tokenizer.ImageSize, _tokenizer.ImageSize),
            ImageMetrics.MeanAbsoluteError(seen.AsSpan(), back.AsSpan()),
            tokens,
            _tokenizer.Manifest.GridSize,
            maps);
    }

    /// <inheritdoc/>
    public void Dispose() => _attention?.Dispose();

    private static ImmutableArray<float> Column(float[] attention, int column, int columns) =>
        [.. Enumerable.Range(0, attention.Length / columns).Select(row => attention[(row * columns) + column])];
}
