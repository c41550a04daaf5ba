using Karl.Tokenizers.Metrics;

namespace Karl.Tokenizers.Tests.Metrics;

[TestClass]
public sealed class FeatureStatisticsTests
{
    [TestMethod]
    public void FrechetDistanceTo_OneFeature_IsThatOfMeansAndDeviations()
    {
        float[][] first = Normal(500, 1, 1), second = [.. first.Select(value => new[] { (3 * value[0]) + 5 })];
        double mean = first.Average(value => value[0]), deviation = Math.Sqrt(first.Sum(value => Math.Pow(value[0] - mean, 2)) / (first.Length - 1));
        Assert.AreEqual(Math.Pow((2 * mean) + 5, 2) + Math.Pow(2 * deviation, 2), Distance(first, second), 1e-4);
    }

    /// <summary>For two features the trace of the root is known: <c>tr(A)^2 = tr(A^2) + 2 det(A)</c>, where A^2 is the product of the covariances.</summary>
    [TestMethod]
    public void FrechetDistanceTo_TwoFeaturesThatGoTogether_IsTheKnownOne()
    {
        float[][] first = [.. Normal(300, 2, 2).Select(value => new[] { value[0] + (0.8f * value[1]), (0.3f * value[0]) - value[1] })];
        float[][] second = [.. Normal(200, 2, 3).Select(value => new[] { (2 * value[0]) + 1, value[1] + (0.5f * value[0]) })];
        (double[] Mean, double[,] Covariance) one = Moments(first), other = Moments(second);
        double means = Math.Pow(one.Mean[0] - other.Mean[0], 2) + Math.Pow(one.Mean[1] - other.Mean[1], 2);
        double product = 0;
        for (int row = 0; row < 2; row++)
        {
            for (int column = 0; column < 2; column++)
            {
                product += one.Covariance[row, column] * other.Covariance[column, row];
            }
        }

        double root = Math.Sqrt(product + (2 * Math.Sqrt(Determinant(one.Covariance) * Determinant(other.Covariance))));
        double expected = means + one.Covariance[0, 0] + one.Covariance[1, 1] + other.Covariance[0, 0] + other.Covariance[1, 1] - (2 * root);
        Assert.AreEqual(expected, Distance(first, second), 1e-6);
        Assert.AreEqual(expected, Distance(second, first), 1e-6);
    }

    [TestMethod]
    [DataRow(100, 8)]
    [DataRow(5, 40)]
    public void FrechetDistanceTo_TheSameFarFromZero_IsNothing(int count, int width)
    {
        float[][] features = [.. Normal(count, width, 4).Select(value => value.Select(number => number + 1000).ToArray())];
        Assert.AreEqual(0, Distance(features, features), 1e-5);
        float[][] moved = [.. features.Select(value => value.Select(number => number + 2).ToArray())];
        Assert.AreEqual(4 * width, Distance(features, moved), 1e-2);
    }

    [TestMethod]
    public void What_cannot_be_is_refused()
    {
        FeatureStatistics statistics = new();
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => statistics.Add(new float[5000])).Message, "5000 features");
        statistics.Add([1, 2]);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => statistics.Add([1])).Message, "There are 1 features; 2 were expected");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => statistics.Add([1, float.NaN])).Message, "Feature 1 is NaN");
        Assert.AreEqual(1, statistics.Count);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => statistics.FrechetDistanceTo(statistics)).Message, "at least two");
    }

    private static double Distance(float[][] first, float[][] second) => Statistics(first).FrechetDistanceTo(Statistics(second));

    private static FeatureStatistics Statistics(float[][] features)
    {
        FeatureStatistics statistics = new();
        Array.ForEach(features, vector => statistics.Add(vector));
        return statistics;
    }

    private static float[][] Normal(int count, int width, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, width).Select(_ => Draw()).ToArray())];

        float Draw() => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
    }

    private static (double[] Mean, double[,] Covariance) Moments(float[][] features)
    {
        double[] mean = [features.Average(vector => (double)vector[0]), features.Average(vector => (double)vector[1])];
        double[,] covariance = new double[2, 2];
        foreach ((int row, int column) in new[] { (0, 0), (0, 1), (1, 0), (1, 1) })
        {
            covariance[row, column] = features.Sum(vector => (vector[row] - mean[row]) * (vector[column] - mean[column])) / (features.Length - 1);
        }

        return (mean, covariance);
    }

    private static double Determinant(double[,] matrix) => (matrix[0, 0] * matrix[1, 1]) - (matrix[0, 1] * matrix[1, 0]);
}
