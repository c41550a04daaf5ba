using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.Families.Internals;

/// <summary>Images into tokens, in whatever way a family does it. Safe to use from several threads.</summary>
internal interface IImageEncoder : IDisposable
{
    /// <summary>Tokenizes a batch; each image gets the tokens that it would get alone, and says how many runs they took.</summary>
    /// <param name="pixels"><c>[count, 3, size, size]</c>, 0 to 1; only read.</param>
    /// <param name="count">Images in the batch, at least 1.</param>
    /// <param name="options">Checked options.</param>
    /// <param name="results">Receives <paramref name="count"/> sequences.</param>
    /// <param name="reconstructions">
    /// <c>[count, 3, size, size]</c>, or empty where nobody wants them: receives what the tokens decode to, where that is known without another run.
    /// </param>
    /// <param name="cancellationToken">Stops in the middle of a run.</param>
    /// <returns>Whether the reconstructions were filled in.</returns>
    bool Run(Memory<float> pixels, int count, ResolvedTokenizeOptions options, Span<TokenSequence> results, Span<float> reconstructions, CancellationToken cancellationToken);

    /// <summary>The tokens of one image at several lengths, with as few runs as the family can; each says what it took beyond those before it.</summary>
    /// <param name="pixels"><c>[3, size, size]</c>, 0 to 1; only read.</param>
    /// <param name="lengths">Numbers of tokens that the model can give, ascending.</param>
    /// <param name="cancellationToken">Stops in the middle of a run.</param>
    /// <returns>As many sequences.</returns>
    TokenSequence[] RunLengths(Memory<float> pixels, IReadOnlyList<int> lengths, CancellationToken cancellationToken);
}
