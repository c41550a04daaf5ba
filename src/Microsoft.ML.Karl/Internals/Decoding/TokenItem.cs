using Karl.Tokenizers.Tokenization;

namespace Microsoft.ML.Karl.Internals.Decoding;

/// <summary>A row's tokens, or why they are none.</summary>
internal sealed record TokenItem(TokenSequence? Sequence, string? Error) : IDisposable
{
    public void Dispose()
    {
    }
}
