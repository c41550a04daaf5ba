using Karl.Tokenizers.Evaluation.Internals;

namespace Karl.Experiments.Internals;

/// <summary>Correlations of three rows of numbers, and how sure they are.</summary>
internal static class Correlations
{
    /// <summary>Spearman's correlation of two rows, what both have in common with a third taken out; null where one is not known, or the third says all of another.</summary>
    public static double? PartialRank(double[] first, double[] second, double[] given)
    {
        if (Statistics.RankCorrelation(first, second) is not double both || Statistics.RankCorrelation(first, given) is not double one || Statistics.RankCorrelation(second, given) is not double other)
        {
            return null;
        }

        double rest = (1 - (one * one)) * (1 - (other * other));
        return rest <= 1e-12 ? null : (both - (one * other)) / Math.Sqrt(rest);
    }

    /// <summary>Between which values 95 % of Spearman's correlations lie where images are drawn again with repetition; null where fewer than three pairs are there, or none of the draws has a correlation.</summary>
    public static (double Low, double High)? Interval(double[] first, double[] second, int draws, int seed)
    {
        if (first.Length < 3)
        {
            return null;
        }

        Random random = new(seed);
        List<double> found = [];
        double[] one = new double[first.Length], other = new double[first.Length];
        for (int draw = 0; draw < draws; draw++)
        {
            for (int index = 0; index < one.Length; index++)
            {
                int chosen = random.Next(first.Length);
                (one[index], other[index]) = (first[chosen], second[chosen]);
            }

            if (Statistics.RankCorrelation(one, other) is double correlation)
            {
                found.Add(correlation);
            }
        }

        return found.Count == 0 ? null : (Statistics.Quantile(found, 0.025), Statistics.Quantile(found, 0.975));
    }
}
