using Karl.Experiments.Internals;

namespace Karl.Experiments.Tests;

[TestClass]
public sealed class RidgeProbeTests
{
    [TestMethod]
    [DataRow(3)]
    [DataRow(200)]
    public void Accuracy_ClassesThatALineTellsApart_IsOne(int features)
    {
        var (train, trainClasses) = Data(1, 60, features, isTold: true);
        var (test, testClasses) = Data(2, 30, features, isTold: true);
        Assert.AreEqual(1, RidgeProbe.Accuracy(train, trainClasses, test, testClasses));
    }

    [TestMethod]
    public void Accuracy_ClassesThatFeaturesSayNothingOf_IsAboutChance()
    {
        var (train, trainClasses) = Data(3, 300, 5, isTold: false);
        var (test, testClasses) = Data(4, 300, 5, isTold: false);
        Assert.AreEqual(1 / 3.0, RidgeProbe.Accuracy(train, trainClasses, test, testClasses), 0.1);
    }

    /// <summary>Three classes; where they are told, every third feature says whether it is one of them.</summary>
    private static (double[][] Rows, int[] Classes) Data(int seed, int count, int features, bool isTold)
    {
        Random random = new(seed);
        int[] classes = [.. Enumerable.Range(0, count).Select(index => index % 3)];
        double[][] rows = [.. classes.Select(label => Enumerable.Range(0, features).Select(feature => (isTold && feature % 3 == label ? 40 : 0) + random.NextDouble()).ToArray())];
        return (rows, classes);
    }
}
