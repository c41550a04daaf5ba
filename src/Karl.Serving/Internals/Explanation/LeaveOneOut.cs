using System.Collections.Immutable;
using Karl.Applications.Explanation.Internals;
using Karl.Serving.Internals.Batching;
using Karl.Tokenizers.Tokenization;

namespace Karl.Serving.Internals.Explanation;

/// <summary>Decodes an image once for each token without it, and compares with all of them.</summary>
internal static class LeaveOneOut
{
    /// <summary>Measures where each token matters.</summary>
    /// <param name="tokens">Tokens of one image.</param>
    /// <param name="model">Theirs.</param>
    /// <param name="together">How many are decoded at a time, so that others get their turn in between.</param>
    /// <param name="decode">Decodes one sequence.</param>
    /// <param name="cancellationToken">Stops between decodings.</param>
    public static async Task<ExplanationMaps> RunAsync(
        TokenSequence tokens, ServedModel model, int together, Func<TokenSequence, Task<ModelOutput>> decode, CancellationToken cancellationToken)
    {
        int size = model.Tokenizer.ImageSize, grid = model.Tokenizer.Manifest.GridSize;
        float[] whole = (await decode(tokens)).Reconstruction;
        List<ImmutableArray<float>> maps = [];
        foreach (int[] some in Enumerable.Range(0, tokens.Count).Chunk(together))
        {
            cancellationToken.ThrowIfCancellationRequested();
            ModelOutput[] without = await Task.WhenAll(some.Select(index => decode(ChangeMaps.Without(tokens, index))));
            maps.AddRange(without.Select(output => ChangeMaps.CellDifferences(whole, output.Reconstruction, size, grid)));
        }

        return new ExplanationMaps(grid, [.. tokens.Positions], maps);
    }
}
