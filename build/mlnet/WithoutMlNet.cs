namespace Microsoft.ML.Karl;

/// <summary>Stands in for all tests of a project where no NuGet feed has ML.NET.</summary>
[TestClass]
public sealed class WithoutMlNet
{
    [TestMethod]
    public void TestsAreNotRun() =>
        Assert.Inconclusive("These tests need the packages Microsoft.ML and Microsoft.ML.ImageAnalytics, which this feed does not have.");
}
