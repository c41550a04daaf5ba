using Karl.Tokenizers.Evaluation;
using Karl.Tokenizers.Evaluation.Internals;
using Karl.Tokenizers.Metrics;

namespace Karl.Tokenizers.Tests.Evaluation;

[TestClass]
public sealed class StatisticsTests
{
    [TestMethod]
    public void Correlation_OfALine_IsOneWhateverItsSlope()
    {
        double[] first = [1, 2, 5, 9], second = [3, 5, 11, 19];
        Assert.AreEqual(1, Statistics.Correlation(first, second)!.Value, 1e-12);
        Assert.AreEqual(-1, Statistics.Correlation(first, [.. second.Select(value => -value)])!.Value, 1e-12);
        Assert.IsNull(Statistics.Correlation(first, [1, 1, 1, 1]));
        Assert.IsNull(Statistics.Correlation([1], [1]));
    }

    [TestMethod]
    [DataRow(0.0, 1.0)]
    [DataRow(0.1, 1.4)]
    [DataRow(0.5, 3.0)]
    [DataRow(0.9, 8.2)]
    [DataRow(1.0, 11.0)]
    public void Quantile_BetweenValues_IsInProportion(double share, double expected) =>
        Assert.AreEqual(expected, Statistics.Quantile([4, 1, 3, 11, 2], share), 1e-12);

    [TestMethod]
    public void Mean_OfNothing_IsNotANumber()
    {
        Assert.IsTrue(double.IsNaN(Statistics.Mean([])));
        Assert.IsTrue(double.IsNaN(Statistics.Quantile([], 0.5)));
    }

    [TestMethod]
    public void RankCorrelation_AnyRisingCurve_IsOne()
    {
        Assert.AreEqual(1, Statistics.RankCorrelation([1, 2, 3, 4], [1, 10, 1000, 1e6])!.Value, 1e-12);
        Assert.AreEqual(-1, Statistics.RankCorrelation([1, 2, 3, 4], [8, 7, -1, -9])!.Value, 1e-12);
    }

    [TestMethod]
    public void RankCorrelation_EqualValues_ShareTheirRank()
    {
        // By hand: ranks 0, 1.5, 1.5, 3 and 1, 0, 2, 3; products of distances from 1.5 sum to 3, squares to 4.5 and 5.
        Assert.AreEqual(3 / Math.Sqrt(4.5 * 5), Statistics.RankCorrelation([1, 2, 2, 5], [4, 3, 6, 7])!.Value, 1e-12);
    }

    [TestMethod]
    public void RankCorrelation_WithoutVariation_IsNone()
    {
        Assert.IsNull(Statistics.RankCorrelation([1, 1, 1], [1, 2, 3]));
        Assert.IsNull(Statistics.RankCorrelation([1], [2]));
        Assert.IsNull(Statistics.RankCorrelation([], []));
    }

    [TestMethod]
    public void Violations_ErrorsAboveTheOneAsked_AreCountedAndMeasured()
    {
        Violations violations = Violations.Of([0.01, 0.03, 0.04, 0.07], 0.03f);
        Assert.AreEqual(0.5, violations.Share);
        Assert.AreEqual(0.025, violations.MeanExcess, 1e-12);
        Assert.AreEqual(0.04, violations.LargestExcess, 1e-12);
        Assert.AreEqual(new Violations(0, 0, 0, null), Violations.Of([0.01], 0.03f));
        Assert.AreEqual(0.25, Violations.Of([0.01, 0.03, 0.04, 0.07], 0.03f, [0.01, 0.03, 0.031, 0.03]).AvoidableShare, "the last image would not be above it with all tokens");
    }

    [TestMethod]
    public void MeanCloseness_ExactImages_DoNotMakeThePsnrInfinite()
    {
        ImageComparison exact = new(0, 0, 1), close = new(0.1, 0.01, 0.5);
        MeanCloseness mean = MeanCloseness.Of([exact, close]);
        Assert.AreEqual(0.05, mean.AbsoluteError, 1e-12);
        Assert.AreEqual(20, mean.PeakSignalToNoiseRatio, 1e-9);
        Assert.AreEqual(0.75, mean.StructuralSimilarity, 1e-12);
        Assert.AreEqual(double.PositiveInfinity, MeanCloseness.Of([exact]).PeakSignalToNoiseRatio);
    }

    [TestMethod]
    [DataRow(0.0, 1)]
    [DataRow(95.0, 1)]
    [DataRow(96.0, 2)]
    [DataRow(3072.0, 11)]
    [DataRow(1e9, 32)]
    public void SideWithin_Bits_IsTheLargestThatFits(double bits, int expected) => Assert.AreEqual(expected, Thumbnails.SideWithin(bits, 32));
}
