namespace Karl.Applications.Anomalies.Internals;

/// <summary>How unlikely an image's codes are where normal images use them so often.</summary>
/// <param name="Counts">How often the normal images used each code of the codebook.</param>
internal sealed record CodeLikelihood(long[] Counts)
{
    /// <summary>What each code is counted more, so that one that was never used is not impossible (Krichevsky and Trofimov).</summary>
    private const double More = 0.5;

    private readonly double _total = Counts.Sum(count => (double)count) + (More * Counts.Length);

    /// <summary>Counts codes.</summary>
    public static CodeLikelihood Fit(IEnumerable<int[]> images, int codebookSize)
    {
        long[] counts = new long[codebookSize];
        foreach (int code in images.SelectMany(codes => codes))
        {
            counts[code]++;
        }

        return new CodeLikelihood(counts);
    }

    /// <summary>Bits of a code by these counts, on average over an image.</summary>
    public double Of(int[] codes) => codes.Length == 0 ? 0 : codes.Average(code => Math.Log2(_total / (Counts[code] + More)));
}
