namespace Karl.Export.Verification.Internals;

/// <summary>The base code nearest to each token by squared distance, and how much nearer it is than the next.</summary>
/// <param name="Codes"><c>[tokens]</c>.</param>
/// <param name="Margins"><c>[tokens]</c>: second smallest minus smallest squared distance.</param>
internal sealed record NearestCodes(Numbers Codes, Numbers Margins)
{
    /// <summary>Looks through the whole codebook for each token.</summary>
    /// <param name="tokens"><c>[tokens, channels]</c>.</param>
    /// <param name="codebook"><c>[codes, channels]</c>.</param>
    public static NearestCodes Find(Numbers tokens, Numbers codebook)
    {
        var count = (int)tokens.Shape[0];
        var codes = new double[count];
        var margins = new double[count];
        Parallel.For(0, count, token =>
        {
            var (nearest, first, second) = (0, double.PositiveInfinity, double.PositiveInfinity);
            for (var code = 0; code < codebook.Shape[0]; code++)
            {
                var distance = SquaredDistance(tokens.At(token), codebook.At(code));
                if (distance < first)
                {
                    (nearest, first, second) = (code, distance, first);
                }
                else
                {
                    second = Math.Min(second, distance);
                }
            }

            (codes[token], margins[token]) = (nearest, second - first);
        });
        return new NearestCodes(Numbers.Row(codes), Numbers.Row(margins));
    }

    private static double SquaredDistance(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = 0.0;
        for (var index = 0; index < left.Length; index++)
        {
            var difference = left[index] - right[index];
            sum += difference * difference;
        }

        return sum;
    }
}
