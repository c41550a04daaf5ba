using Karl.Tokenizers.Charts;
using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Tests.Charts;

[TestClass]
public sealed class ChartTests
{
    private static readonly ChartPoint[] Rising = [.. Enumerable.Range(1, 30).Select(x => new ChartPoint(x, x * x))];

    [TestMethod]
    [DataRow(ChartStyle.Line)]
    [DataRow(ChartStyle.LineAndPoints)]
    [DataRow(ChartStyle.Points)]
    [DataRow(ChartStyle.Bars)]
    public void Draw_ASeries_PutsItsColourIntoTheChart(ChartStyle style)
    {
        Chart chart = new() { Title = "x", Series = [new ChartSeries("a", Rising, style)] };
        RgbImage with = chart.Draw(), without = (chart with { Series = [new ChartSeries("a", [Rising[0], Rising[^1]], ChartStyle.Points)] }).Draw();
        Assert.AreEqual((960, 600), (with.Width, with.Height));
        Assert.IsGreaterThan(CountBlue(without), CountBlue(with));
        CollectionAssert.AreEqual(with.Pixels.ToArray(), chart.Draw().Pixels.ToArray());
    }

    [TestMethod]
    public void Draw_ARisingLine_RunsFromTheLowerLeftToTheUpperRight()
    {
        RgbImage image = new Chart { Series = [new ChartSeries(string.Empty, [new ChartPoint(0, 0), new ChartPoint(1, 1)])] }.Draw();
        (int X, int Y)[] blue = [.. from y in Enumerable.Range(0, image.Height) from x in Enumerable.Range(0, image.Width) where IsBlue(image, x, y) select (x, y)];
        (int X, int Y) first = blue.MinBy(place => place.X), last = blue.MaxBy(place => place.X);
        Assert.IsLessThan(image.Width / 5, first.X);
        Assert.IsGreaterThan(image.Height * 4 / 5, first.Y);
        Assert.IsGreaterThan(image.Width * 4 / 5, last.X);
        Assert.IsLessThan(image.Height / 5, last.Y);
    }

    [TestMethod]
    public void Draw_NothingOrNothingFinite_IsAnEmptyChart()
    {
        ChartPoint[] hostile = [new(double.NaN, 1), new(1, double.PositiveInfinity), new(double.NegativeInfinity, double.NaN)];
        Assert.AreEqual(0, CountBlue(new Chart().Draw()));
        Assert.AreEqual(0, CountBlue(new Chart { Series = [new ChartSeries(string.Empty, hostile, ChartStyle.LineAndPoints)] }.Draw()));
    }

    [TestMethod]
    public void Draw_ValuesWithoutAPlace_LeaveAGap()
    {
        ChartPoint[] points = [new(0, 1), new(1, 1), new(2, double.NaN), new(3, 1), new(4, 1)];
        RgbImage image = new Chart { Series = [new ChartSeries(string.Empty, points)] }.Draw();
        int[] columns = [.. Enumerable.Range(0, image.Width).Where(x => Enumerable.Range(0, image.Height).Any(y => IsBlue(image, x, y)))];
        Assert.AreEqual(1, columns.Zip(columns.Skip(1)).Count(pair => pair.Second - pair.First > 50));
    }

    [TestMethod]
    public void Draw_ExtremeValuesAndLongNames_DoesNotFail()
    {
        ChartPoint[] points = [new(-1e308, 1e308), new(1e308, -1e308), new(1e-320, 0)];
        foreach (bool isLogarithmic in new[] { false, true })
        {
            ChartAxis axis = new() { Label = new string('w', 5000), IsLogarithmic = isLogarithmic };
            ChartSeries[] series = [.. Enum.GetValues<ChartStyle>().Select(style => new ChartSeries(new string('m', 3000) + style, points, style))];
            RgbImage image = new Chart { Title = new string('t', 9000), Horizontal = axis, Vertical = axis, Series = series, Width = 200, Height = 200 }.Draw();
            Assert.AreEqual(200, image.Width);
        }
    }

    [TestMethod]
    public void Histogram_Values_CountsEachOnce()
    {
        ChartSeries series = ChartSeries.Histogram("h", [0, 0.1, 0.9, 1, 2, 2, double.NaN], 2);
        CollectionAssert.AreEqual(new ChartPoint[] { new(0.5, 3), new(1.5, 3) }, series.Points.ToArray());
        Assert.AreEqual(2, ChartSeries.Histogram("h", [7, 7], 3).Points.Sum(point => point.Y));
        Assert.IsEmpty(ChartSeries.Histogram("h", []).Points);
    }

    [TestMethod]
    public void Smoothed_Values_AreMeansOfTheirNeighbours()
    {
        ChartPoint[] points = [new(0, 1), new(1, 4), new(2, double.NaN), new(3, 7), new(4, 10)];
        CollectionAssert.AreEqual(
            new ChartPoint[] { new(0, 2.5), new(1, 2.5), new(2, 5.5), new(3, 8.5), new(4, 8.5) }, new ChartSeries("s", points).Smoothed(1).Points.ToArray());
        Assert.AreEqual(5.5, new ChartSeries("s", points).Smoothed(int.MaxValue).Points[2].Y);
    }

    private static int CountBlue(RgbImage image) => Enumerable.Range(0, image.Height).Sum(y => Enumerable.Range(0, image.Width).Count(x => IsBlue(image, x, y)));

    private static bool IsBlue(RgbImage image, int x, int y)
    {
        ReadOnlySpan<byte> pixel = image.Row(y).Slice(x * 3, 3);
        return pixel[2] - pixel[0] > 60;
    }
}
