using Karl.Applications.Anomalies.Internals;

namespace Karl.Applications.Tests.Anomalies;

[TestClass]
public sealed class AnomalyStatisticsTests
{
    [TestMethod]
    public void PValue_OfHeldOutValues_IsTheirShareAndNeverZero()
    {
        Calibration oneSided = new([3, 1, 2, 4], isTwoSided: false), twoSided = new([3, 1, 2, 4], isTwoSided: true);
        Assert.AreEqual(1.0, oneSided.PValue(0));
        Assert.AreEqual(0.4, oneSided.PValue(4));
        Assert.AreEqual(0.2, oneSided.PValue(5));
        Assert.AreEqual(0.4, twoSided.PValue(5));
        Assert.AreEqual(0.4, twoSided.PValue(0));
        Assert.AreEqual(1.0, twoSided.PValue(2.5));
        Assert.AreEqual(-Math.Log(0.2) + (2 / 1.5), oneSided.Strangeness(6), 1e-12);
        Assert.AreEqual(-Math.Log(0.4) + (2 / 1.5), twoSided.Strangeness(-1), 1e-12);
        Assert.AreEqual(0, oneSided.Strangeness(-1));
    }

    [TestMethod]
    public void PValue_OfExchangeableValues_IsBelowAShareThatOften()
    {
        Random random = new(5);
        Calibration calibration = new(Enumerable.Range(0, 999).Select(_ => random.NextDouble()), isTwoSided: true);
        int alarms = Enumerable.Range(0, 20_000).Count(_ => calibration.PValue(random.NextDouble()) <= 0.05);
        Assert.AreEqual(0.05, alarms / 20_000.0, 0.02);
    }

    [TestMethod]
    public void Of_CorrelatedNumbers_CountsTheirRareDirectionMore()
    {
        Random random = new(3);
        double[][] rows = [.. Enumerable.Range(0, 2000).Select(_ =>
        {
            double common = random.NextDouble() - 0.5, own = (random.NextDouble() - 0.5) / 10;
            return new[] { 5 + common + own, -2 + common - own };
        })];
        LatentDistance distance = LatentDistance.Fit(rows);
        double[] along = [5.4, -1.6], across = [5.4, -2.4];
        Assert.IsGreaterThan(5 * distance.Of(along), distance.Of(across));
        Assert.AreEqual(1, Math.Sqrt(rows.Average(row => distance.Of(row) * distance.Of(row))), 0.02);
    }

    [TestMethod]
    public void Of_FewerRowsThanNumbers_IsFinite()
    {
        LatentDistance distance = LatentDistance.Fit([[1, 2, 3, 4], [1, 2, 3, 5]]);
        Assert.IsTrue(double.IsFinite(distance.Of([9, 9, 9, 9])));
    }

    [TestMethod]
    public void Of_RareCodes_TakesMoreBits()
    {
        CodeLikelihood codes = CodeLikelihood.Fit([[0, 0, 0, 1], [0, 0, 0, 1]], 4);
        Assert.AreEqual(Math.Log2(10 / 6.5), codes.Of([0]), 1e-12);
        Assert.AreEqual(Math.Log2(10 / 0.5), codes.Of([3, 3]), 1e-12);
    }

    [TestMethod]
    public void Area_OfTwoRows_CountsPairs()
    {
        Assert.AreEqual(1, DetectionCurves.Area([1, 2], [3, 4]));
        Assert.AreEqual(0.5, DetectionCurves.Area([1, 1], [1, 1]));
        Assert.AreEqual((1 + 0.5 + 1 + 0) / 4.0, DetectionCurves.Area([2, 3], [3, 2.5]), 1e-12);
    }
}
