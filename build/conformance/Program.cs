namespace Karl.Conformance;

/// <summary>Lists what the doubles have and the real assemblies have not: <c>dotnet run --project build/conformance -- FOLDER ...</c>.</summary>
internal static class Program
{
    private static int Main(string[] folders)
    {
        if (folders.Length == 0 || !Array.TrueForAll(folders, Directory.Exists))
        {
            Console.Error.WriteLine("Give folders with the assemblies of ML.NET (Microsoft.ML.*.dll), for instance those of its packages; they are searched through.");
            return 2;
        }

        string[] files = [.. folders.SelectMany(folder => Directory.EnumerateFiles(folder, "Microsoft.ML*.dll", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)];
        ConformanceReport report = ConformanceReport.Of(files);
        Console.WriteLine(string.Join('\n', report.Lines()));
        return report.Missing.Count == 0 && report.TypeCount > 0 ? 0 : 1;
    }
}
