namespace Microsoft.ML.Karl.Tests;

/// <summary>Stands in for the tests that the double of ML.NET cannot carry.</summary>
[TestClass]
public sealed class WithoutMlNet
{
    [TestMethod]
    [DataRow("Models that are saved and loaded")]
    [DataRow("ML.NET's own trainers")]
    [DataRow("ML.NET's own images from files")]
    public void TestsAreNotRun(string what) =>
        Assert.Inconclusive($"{what}: these tests need the packages Microsoft.ML and Microsoft.ML.ImageAnalytics, in whose place the build took its double.");
}
