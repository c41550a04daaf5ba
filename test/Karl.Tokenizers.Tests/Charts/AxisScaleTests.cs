using Karl.Tokenizers.Charts;
using Karl.Tokenizers.Charts.Internals;

namespace Karl.Tokenizers.Tests.Charts;

[TestClass]
public sealed class AxisScaleTests
{
    [TestMethod]
    [DataRow(false, 0.0, 10.0, "0 2 4 6 8 10")]
    [DataRow(false, 0.013, 0.094, "0 0.02 0.04 0.06 0.08 0.1")]
    [DataRow(false, -3.0, 4.0, "-4 -2 0 2 4")]
    [DataRow(false, 5.0, 5.0, "2 3 4 5 6 7 8")]
    [DataRow(false, 0.0, 0.0, "-1 -0.5 0 0.5 1")]
    [DataRow(false, 0.0, 250000.0, "0 50000 100000 150000 200000 250000")]
    [DataRow(false, 0.0, 6e8, "0 1e8 2e8 3e8 4e8 5e8 6e8")]
    [DataRow(true, 1.0, 1000.0, "1 10 100 1000")]
    [DataRow(true, 0.02, 0.3, "0.02 0.05 0.1 0.2")]
    [DataRow(true, 32.0, 256.0, "50 100 200")]
    [DataRow(true, 1e-9, 1e9, "1e-9 1e-6 0.001 1 1000 1e6 1e9")]
    [DataRow(true, 7.0, 7.0, "4 5 6 7 8 9 10")]
    public void Over_Values_MarksRoundOnes(bool isLogarithmic, double least, double most, string expected)
    {
        AxisScale scale = AxisScale.Over(new ChartAxis { IsLogarithmic = isLogarithmic }, [least, most], 6);
        Assert.AreEqual(expected, string.Join(' ', scale.Ticks.Select(tick => tick.Text)));
        Assert.IsTrue(scale.Ticks.All(tick => tick.Place is >= -1e-6 and <= 1 + 1e-6));
        Assert.IsTrue(scale.Place(least) is >= -1e-6 and <= 1 + 1e-6);
        Assert.IsTrue(scale.Place(most) is >= -1e-6 and <= 1 + 1e-6);
    }

    [TestMethod]
    public void Over_GivenBounds_KeepsThem()
    {
        AxisScale scale = AxisScale.Over(new ChartAxis { Least = 0.5, Most = 2.25 }, [1, 100], 4);
        Assert.AreEqual(0, scale.Place(0.5));
        Assert.AreEqual(1, scale.Place(2.25));
        Assert.IsGreaterThan(10.0, scale.Place(100)!.Value);
    }

    [TestMethod]
    public void Over_ANarrowLogarithmicRange_EndsAtMarks()
    {
        AxisScale scale = AxisScale.Over(new ChartAxis { IsLogarithmic = true }, [3.1, 3.8], 6);
        CollectionAssert.AreEqual(new[] { "3", "4" }, scale.Ticks.Select(tick => tick.Text).ToArray());
    }

    [TestMethod]
    public void Place_ValuesWithoutAPlace_HaveNone()
    {
        AxisScale linear = AxisScale.Over(new ChartAxis(), [1, 2, double.NaN, double.PositiveInfinity], 4);
        AxisScale logarithmic = AxisScale.Over(new ChartAxis { IsLogarithmic = true }, [0, 1, 10, -5], 4);
        Assert.IsNull(linear.Place(double.NaN));
        Assert.IsNull(linear.Place(double.NegativeInfinity));
        Assert.AreEqual(-1, linear.Place(0));
        Assert.IsNull(logarithmic.Place(0));
        Assert.AreEqual(0.5, logarithmic.Place(Math.Sqrt(10))!.Value, 1e-9);
    }

    [TestMethod]
    public void Over_RandomValues_AlwaysHasAFewMarksInOrder()
    {
        Random random = new(5);
        for (int round = 0; round < 3000; round++)
        {
            double[] values = [.. Enumerable.Range(0, 1 + random.Next(4)).Select(_ => (random.NextDouble() - 0.3) * Math.Pow(10, random.Next(-320, 308)))];
            bool isLogarithmic = round % 2 == 0;
            AxisScale scale = AxisScale.Over(new ChartAxis { IsLogarithmic = isLogarithmic }, values, 2 + random.Next(10));
            Assert.IsInRange(1, 40, scale.Ticks.Count, string.Join(' ', values));
            Assert.IsTrue(scale.Ticks.Zip(scale.Ticks.Skip(1)).All(pair => pair.First.Place < pair.Second.Place), string.Join(' ', values));
        }
    }
}
