using System.Xml.Linq;

namespace Karl.House.Tests;

/// <summary>Who may use whom: docs/architecture.md, "Projects".</summary>
[TestClass]
public sealed class DependencyRules
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Karl.Graphs"] = [],
        ["Karl.Networks"] = ["Karl.Graphs"],
        ["Karl.Tokenizers"] = ["Microsoft.ML.OnnxRuntime"],
        ["Karl.Export"] = ["Karl.Graphs", "Karl.Networks", "Karl.Tokenizers", "Microsoft.ML.OnnxRuntime"],
        ["Karl.Training"] = ["Karl.Graphs", "Karl.Networks", "Karl.Tokenizers", "Karl.Export", "Microsoft.ML.OnnxRuntime"],
        ["Karl.Applications"] = ["Karl.Tokenizers", "Microsoft.ML.OnnxRuntime"],
        ["Karl.Experiments"] = ["Karl.Graphs", "Karl.Networks", "Karl.Tokenizers", "Karl.Export", "Karl.Training", "Karl.Applications", "Microsoft.ML.OnnxRuntime"],
        ["Karl.Serving"] = ["Karl.Tokenizers", "Karl.Applications"],
        ["Microsoft.ML.Karl"] = ["Karl.Tokenizers", "Karl.Applications", "Microsoft.ML.Core", "Microsoft.ML.Data", "Microsoft.ML.DataView", "Microsoft.ML.ImageAnalytics", "Microsoft.ML.Transforms"],
        ["Microsoft.ML.Karl.AutoML"] = ["Karl.Tokenizers", "Microsoft.ML.AutoML", "Microsoft.ML.Core", "Microsoft.ML.Data", "Microsoft.ML.DataView", "Microsoft.ML.Karl", "Microsoft.ML.SearchSpace"],
        ["Karl.Cli"] = ["Karl.Graphs", "Karl.Networks", "Karl.Tokenizers", "Karl.Export", "Karl.Training", "Karl.Applications", "Karl.Experiments", "Karl.Serving", "Microsoft.ML.OnnxRuntime"],
    };

    private static readonly Dictionary<string, string[]> AllowedPackages = new()
    {
        ["Karl.Graphs"] = ["Google.Protobuf"],
        ["Karl.Networks"] = [],
        ["Karl.Tokenizers"] = ["$(OnnxRuntimePackage)", "MathNet.Numerics", "NetVips.Native"],
        ["Karl.Export"] = [],
        ["Karl.Training"] = [],
        ["Karl.Applications"] = [],
        ["Karl.Experiments"] = [],
        ["Karl.Serving"] = [],
        ["Microsoft.ML.Karl"] = [],
        ["Microsoft.ML.Karl.AutoML"] = [],
        ["Karl.Cli"] = ["Spectre.Console", "System.CommandLine"],
    };

    public static IEnumerable<object[]> Projects => Allowed.Keys.Select(name => new object[] { name });

    [TestMethod]
    public void EveryProject_InTheSourceFolder_HasARule() =>
        CollectionAssert.AreEquivalent(
            Allowed.Keys.ToArray(),
            Directory.GetDirectories(Repository.PathOf("src")).Select(Path.GetFileName).ToArray());

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void Project_ReferencesOnlyWhatItMay(string project)
    {
        XDocument file = XDocument.Load(Repository.PathOf("src", project, project + ".csproj"));
        foreach (string reference in Names(file, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))))
            CollectionAssert.Contains(Allowed[project], reference, $"{project} may not reference the project {reference}.");
        foreach (string package in Names(file, "PackageReference"))
            CollectionAssert.Contains(AllowedPackages[project], package, $"{project} may not reference the package {package}.");
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void Assembly_UsesOnlyWhatItMay(string project)
    {
        string name = project == "Karl.Cli" ? "karl" : project;
        string[] used = System.Reflection.Assembly.Load(name).GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(reference => reference.StartsWith("Karl.", StringComparison.Ordinal) || reference.StartsWith("Microsoft.ML", StringComparison.Ordinal))
            .ToArray();
        foreach (string reference in used)
            CollectionAssert.Contains(Allowed[project], reference, $"{project} may not use {reference}.");
    }

    private static IEnumerable<string> Names(XDocument file, string kind) =>
        file.Descendants(kind).Select(element => element.Attribute("Include")!.Value);
}
