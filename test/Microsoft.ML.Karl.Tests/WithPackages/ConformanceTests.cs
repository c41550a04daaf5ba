extern alias conformance;

using conformance::Karl.Conformance;

namespace Microsoft.ML.Karl.Tests;

/// <summary>The doubles of ML.NET and AutoML, which stand in where a feed has no packages, against the packages.</summary>
[TestClass]
public sealed class ConformanceTests
{
    [TestMethod]
    public void Doubles_HaveNothingThatTheRealOnesLack()
    {
        ConformanceReport report = ConformanceReport.Of(RealAssemblies());
        Assert.IsEmpty(report.Missing, string.Join('\n', report.Missing));
        Assert.IsGreaterThan(50, report.TypeCount);
        Assert.IsGreaterThan(300, report.MemberCount);
    }

    [TestMethod]
    public void Of_AssembliesThatLackSomething_ListsIt()
    {
        ConformanceReport report = ConformanceReport.Of([.. RealAssemblies().Where(file => Path.GetFileName(file) != "Microsoft.ML.DataView.dll")]);
        Assert.Contains("Microsoft.ML.IDataView: public abstract get_Schema() : Microsoft.ML.DataViewSchema", report.Missing);
        Assert.IsFalse(report.Missing.Any(entry => entry.StartsWith("Microsoft.ML.MLContext:", StringComparison.Ordinal)));
    }

    private static string[] RealAssemblies() =>
    [
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, "Microsoft.ML.*.dll")
#if !REAL_AUTOML
            .Where(file => Path.GetFileName(file) != "Microsoft.ML.AutoML.dll")
#endif
    ];
}
