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
        List<float[]> maps = [];
        foreach (int[] some in Enumerable.Range(0, tokens.Count).Chunk(together))
        {
            cancellationToken.ThrowIfCancellationRequested();
            ModelOutput[] without = await Task.WhenAll(some.Select(index => decode(Without(tokens, index))));
            maps.AddRange(without.Select(output => Change(whole, output.Reconstruction, size, grid)));
        }

        return new ExplanationMaps(grid, [.. tokens.Positions], maps);
    }

    private static TokenSequence Without(TokenSequence tokens, int index)
    {
        int[] positions = [.. tokens.Positions.RemoveAt(index)];
        if (tokens.CodebookSize is int codebook)
        {
            return TokenSequence.FromCodes(positions, tokens.Codes.RemoveAt(index).AsSpan(), codebook, tokens.Budget, tokens.Epsilon);
        }

        int width = tokens.LatentWidth;
        return TokenSequence.FromLatents(positions, tokens.Latents.RemoveRange(index * width, width).AsSpan(), width, tokens.Budget, tokens.Epsilon);
    }

    /// <summary>Mean absolute difference in each cell, <c>[grid, grid]</c>.</summary>
    private static float[] Change(float[] whole, float[] without, int size, int grid)
    {
        float[] sums = new float[grid * grid];
        int cell = size / grid, plane = size * size;
        for (int index = 0; index < whole.Length; index++)
        {
            int pixel = index % plane;
            int row = Math.Min(pixel / size / cell, grid - 1), column = Math.Min(pixel % size / cell, grid - 1);
            sums[(row * grid) + column] += Math.Abs(whole[index] - without[index]);
        }

        return [.. sums.Select(sum => sum / (3 * cell * cell))];
    }
}
