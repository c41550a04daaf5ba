using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Karl.Export.Verification.Internals;

[TestClass]
public sealed class DocumentedTolerancesTests
{
    [TestMethod]
    public void Numerics_EveryTolerance_StandsInTheTable()
    {
        string[] table = [.. File.ReadAllLines(Document()).Where(line => line.StartsWith('|'))];
        var properties = typeof(ParityTolerances).GetProperties(BindingFlags.Public | BindingFlags.Static);
        Assert.IsNotEmpty(properties);
        foreach (var property in properties)
        {
            foreach (var (allowed, suffix) in Numbers((Tolerance)property.GetValue(null)!))
            {
                var text = allowed.ToString("0.#e-0", CultureInfo.InvariantCulture) + suffix;
                Assert.IsTrue(table.Any(line => line.Split('|')[2].Contains(text, StringComparison.Ordinal)), $"{property.Name}: no row of docs/numerics.md allows {text}.");
            }
        }
    }

    private static string Document([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "numerics.md");

    /// <summary>The numbers of a tolerance, found by what they allow for a value of 1000.</summary>
    private static IEnumerable<(double Allowed, string Suffix)> Numbers(Tolerance tolerance)
    {
        Internals.Numbers thousand = new([1000, 1000, 1000, 1000, 1000, 1000], [6]);
        var allowed = tolerance.For(thousand);
        return tolerance switch
        {
            StatisticsTolerance => [(allowed(2), " "), (allowed(4) / 1000, " of the value"), (allowed(5) / 1000, " of the value")],
            Tolerance.GrowingTolerance growing => [(growing.Allowed, ","), (growing.Fraction, " of the largest")],
            _ when tolerance.GetType().Name.StartsWith("Largest", StringComparison.Ordinal) => [(allowed(0) / 1000, " of the largest")],
            _ => [(allowed(0), " ")],
        };
    }
}
