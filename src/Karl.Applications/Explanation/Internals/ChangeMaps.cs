using System.Collections.Immutable;
using Karl.Tokenizers;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Explanation.Internals;

/// <summary>What changes where a token is left out, some tokens at a time.</summary>
internal static class ChangeMaps
{
    private const int AtOnce = 16;

    /// <summary>A map <c>[grid, grid]</c> for each token.</summary>
    /// <param name="tokenizer">The tokens' model, with its decoder.</param>
    /// <param name="tokens">All tokens.</param>
    /// <param name="whole">What comes back from all of them, <c>[3, size, size]</c>.</param>
    /// <param name="progress">Told after each token.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    public static ImmutableArray<float>[] Of(ImageTokenizer tokenizer, TokenSequence tokens, float[] whole, Action? progress, CancellationToken cancellationToken)
    {
        ImmutableArray<float>[] maps = new ImmutableArray<float>[tokens.Count];
        float[] pixels = new float[Math.Min(AtOnce, tokens.Count) * whole.Length];
        for (int start = 0; start < maps.Length; start += AtOnce)
        {
            TokenSequence[] without = [.. Enumerable.Range(start, Math.Min(AtOnce, maps.Length - start)).Select(index => Without(tokens, index))];
            tokenizer.Decode(without, pixels, cancellationToken);
            for (int index = 0; index < without.Length; index++)
            {
                maps[start + index] = CellDifferences(whole, pixels.AsSpan(index * whole.Length, whole.Length), tokenizer.ImageSize, tokenizer.Manifest.GridSize);
                progress?.Invoke();
            }
        }

        return maps;
    }

    /// <summary>The same tokens but for one.</summary>
    public static TokenSequence Without(TokenSequence tokens, int index)
    {
        ImmutableArray<int> positions = tokens.Positions.RemoveAt(index);
        return tokens.CodebookSize is int codebook
            ? TokenSequence.FromCodes(positions.AsSpan(), tokens.Codes.RemoveAt(index).AsSpan(), codebook, tokens.Budget, tokens.Epsilon)
            : TokenSequence.FromLatents(
                positions.AsSpan(), tokens.Latents.RemoveRange(index * tokens.LatentWidth, tokens.LatentWidth).AsSpan(), tokens.LatentWidth, tokens.Budget, tokens.Epsilon);
    }

    /// <summary>Mean absolute difference of two images <c>[3, size, size]</c> in each cell of a grid.</summary>
    public static ImmutableArray<float> CellDifferences(ReadOnlySpan<float> first, ReadOnlySpan<float> second, int size, int grid)
    {
        double[] sums = new double[grid * grid];
        int[] counts = new int[grid * grid];
        for (int index = 0; index < first.Length; index++)
        {
            int y = index / size % size, x = index % size;
            int cell = (y * grid / size * grid) + (x * grid / size);
            sums[cell] += Math.Abs(first[index] - second[index]);
            counts[cell]++;
        }

        return [.. sums.Zip(counts, (sum, count) => count == 0 ? 0 : (float)(sum / count))];
    }
}
