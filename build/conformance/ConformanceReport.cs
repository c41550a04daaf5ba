using System.Reflection;

namespace Karl.Conformance;

/// <summary>What came of comparing the doubles with real assemblies.</summary>
/// <param name="TypeCount">Public types of the doubles that were compared.</param>
/// <param name="MemberCount">Their members, base types and interfaces.</param>
/// <param name="Missing">What the real ones do not have, or not with the same signature.</param>
/// <param name="Unchecked">Namespaces whose real assembly is not among them.</param>
internal sealed record ConformanceReport(int TypeCount, int MemberCount, IReadOnlyList<string> Missing, IReadOnlyList<string> Unchecked)
{
    private const string AutoMlAssembly = "Microsoft.ML.AutoML";
    private static readonly string[] AutoMlNamespaces = ["Microsoft.ML.AutoML", "Microsoft.ML.SearchSpace"];

    /// <summary>Compares the doubles in this program with assemblies.</summary>
    public static ConformanceReport Of(IReadOnlyList<string> files)
    {
        PublicSurface real = new(), doubles = new();
        doubles.Add(Assembly.GetExecutingAssembly().Location);
        foreach (string file in files)
        {
            real.Add(file);
        }

        string[] notChecked = files.Any(file => Path.GetFileNameWithoutExtension(file) == AutoMlAssembly) ? [] : AutoMlNamespaces;
        string[] types = [.. doubles.Types.Where(type => type.StartsWith("Microsoft.ML", StringComparison.Ordinal) && !Array.Exists(notChecked, name => IsWithin(type, name)))];
        return new ConformanceReport(
            types.Length,
            types.Sum(type => doubles.EntriesOf(type).Length),
            [.. types.SelectMany(type => doubles.EntriesOf(type).Except(real.EntriesWithInheritedOf(type)).Select(entry => $"{type}: {entry}")).Order(StringComparer.Ordinal)],
            notChecked);
    }

    public IEnumerable<string> Lines() =>
    [
        .. Missing.Select(entry => $"not in the real one: {entry}"),
        $"{TypeCount} public types of the doubles with {MemberCount} members, bases and interfaces: {Missing.Count} are not in the real ones.",
        .. Unchecked.Select(name => $"Not checked: {name}, whose assembly {AutoMlAssembly}.dll is not there."),
    ];

    private static bool IsWithin(string type, string name) => type.StartsWith(name + ".", StringComparison.Ordinal);
}
