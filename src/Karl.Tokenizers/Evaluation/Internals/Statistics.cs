namespace Karl.Tokenizers.Evaluation.Internals;

/// <summary>The few statistics that a report needs.</summary>
internal static class Statistics
{
    /// <summary>NaN where there are no values.</summary>
    public static double Mean(IEnumerable<double> values) => values.DefaultIfEmpty(double.NaN).Average();

    /// <summary>The value below which a share of all lies, between two of them in proportion; NaN where there are no values.</summary>
    public static double Quantile(IReadOnlyCollection<double> values, double share)
    {
        if (values.Count == 0)
        {
            return double.NaN;
        }

        double[] sorted = [.. values.Order()];
        double place = share * (sorted.Length - 1);
        int below = (int)place, above = Math.Min(below + 1, sorted.Length - 1);
        return double.Lerp(sorted[below], sorted[above], place - below);
    }

    /// <summary>Spearman's: Pearson's correlation of ranks, equal values sharing the mean of theirs; null where one side is all equal.</summary>
    public static double? RankCorrelation(double[] first, double[] second) => Correlation(Ranks(first), Ranks(second));

    /// <summary>Pearson's correlation, -1 to 1; null where one side is all equal, or there are fewer than two pairs.</summary>
    public static double? Correlation(double[] first, double[] second)
    {
        if (first.Length < 2)
        {
            return null;
        }

        double mean = first.Average(), otherMean = second.Average(), product = 0, squares = 0, otherSquares = 0;
        for (int index = 0; index < first.Length; index++)
        {
            double away = first[index] - mean, otherAway = second[index] - otherMean;
            product += away * otherAway;
            squares += away * away;
            otherSquares += otherAway * otherAway;
        }

        return squares == 0 || otherSquares == 0 ? null : product / Math.Sqrt(squares * otherSquares);
    }

    private static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(index => values[index])];
        double[] ranks = new double[values.Length];
        for (int start = 0; start < order.Length;)
        {
            int end = start + 1;
            while (end < order.Length && values[order[end]] == values[order[start]])
            {
                end++;
            }

            for (int place = start; place < end; place++)
            {
                ranks[order[place]] = (start + end - 1) / 2.0;
            }

            start = end;
        }

        return ranks;
    }
}
