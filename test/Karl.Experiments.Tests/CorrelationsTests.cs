using Karl.Experiments.Internals;
using Karl.Tokenizers.Evaluation.Internals;

namespace Karl.Experiments.Tests;

[TestClass]
public sealed class CorrelationsTests
{
    [TestMethod]
    public void PartialRank_IsTheCorrelationOfWhatALineByTheThirdLeaves()
    {
        Random random = new(4);
        double[] given = [.. Enumerable.Range(0, 40).Select(_ => random.NextDouble())];
        double[] first = [.. given.Select(value => value + random.NextDouble())], second = [.. given.Zip(first, (value, other) => value + (0.3 * other) + random.NextDouble())];
        double expected = Statistics.Correlation(Rest(Ranks(first), Ranks(given)), Rest(Ranks(second), Ranks(given)))!.Value;
        Assert.AreEqual(expected, Correlations.PartialRank(first, second, given)!.Value, 1e-12);
        Assert.IsNull(Correlations.PartialRank(first, second, first), "the third says all of the first");
    }

    [TestMethod]
    public void Interval_OfStrongAgreement_IsAboveThatOfNone_AndTheSameForTheSameSeed()
    {
        Random random = new(5);
        double[] first = [.. Enumerable.Range(0, 60).Select(_ => random.NextDouble())], close = [.. first.Select(value => value + (0.1 * random.NextDouble()))], free = [.. first.Select(_ => random.NextDouble())];
        var (low, high) = Correlations.Interval(first, close, 200, 1)!.Value;
        var (freeLow, freeHigh) = Correlations.Interval(first, free, 200, 1)!.Value;
        Assert.IsGreaterThan(freeHigh, low);
        Assert.IsTrue(high <= 1 && freeLow < 0 && freeHigh > 0);
        Assert.AreEqual((low, high), Correlations.Interval(first, close, 200, 1)!.Value);
        Assert.IsNull(Correlations.Interval([1, 2], [1, 2], 200, 1));
    }

    private static double[] Ranks(double[] values) => [.. values.Select(value => (double)values.Count(other => other < value))];

    private static double[] Rest(double[] values, double[] given)
    {
        double mean = values.Average(), givenMean = given.Average();
        double slope = values.Zip(given, (value, other) => (value - mean) * (other - givenMean)).Sum() / given.Sum(other => (other - givenMean) * (other - givenMean));
        return [.. values.Zip(given, (value, other) => value - mean - (slope * (other - givenMean)))];
    }
}
