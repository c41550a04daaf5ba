using System.Text.RegularExpressions;

namespace Karl.Export.Naming;

/// <summary>
/// Translates this library's weight names into published ones and back. A rule is a pair of patterns in which
/// <c>{n}</c>, <c>{m}</c> stand for a number and <c>{kind}</c> for "weight" or "bias"; the first rule that fits wins.
/// </summary>
public sealed class NameMap
{
    private readonly List<(Regex Ours, string OursTemplate, Regex Published, string PublishedTemplate)> _rules = [];

    /// <summary>Creates a map from pairs of patterns.</summary>
    /// <param name="rules">Our pattern and the published pattern that means the same weight.</param>
    public NameMap(IEnumerable<(string Ours, string Published)> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        foreach (var (ours, published) in rules)
        {
            _rules.Add((Pattern(ours), Template(ours), Pattern(published), Template(published)));
        }
    }

    /// <summary>The published name of one of our weights.</summary>
    /// <exception cref="ArgumentException">No rule fits the name.</exception>
    public string ToPublished(string ours) =>
        Translate(ours, rule => rule.Ours, rule => rule.PublishedTemplate)
        ?? throw new ArgumentException($"The weight '{ours}' has no published name: its rule is missing in the map.", nameof(ours));

    /// <summary>Our name of a published weight, or null when no rule fits.</summary>
    public string? FromPublished(string published) =>
        Translate(published, rule => rule.Published, rule => rule.OursTemplate);

    private string? Translate(
        string name,
        Func<(Regex Ours, string OursTemplate, Regex Published, string PublishedTemplate), Regex> pattern,
        Func<(Regex Ours, string OursTemplate, Regex Published, string PublishedTemplate), string> template)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (var rule in _rules)
        {
            var match = pattern(rule).Match(name);
            if (match.Success)
            {
                return match.Result(template(rule));
            }
        }
        return null;
    }

    private static Regex Pattern(string rule) =>
        new("^" + Regex.Escape(rule)
            .Replace(@"\{n}", @"(?<n>\d{1,4})", StringComparison.Ordinal)
            .Replace(@"\{m}", @"(?<m>\d{1,4})", StringComparison.Ordinal)
            .Replace(@"\{kind}", "(?<kind>weight|bias)", StringComparison.Ordinal) + "$",
            RegexOptions.CultureInvariant);

    private static string Template(string rule) => rule.Replace("{", "${", StringComparison.Ordinal);
}
