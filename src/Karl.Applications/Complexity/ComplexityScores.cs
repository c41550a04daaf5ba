using System.Globalization;
using Karl.Applications.Internals;
using Karl.Tokenizers;

namespace Karl.Applications.Complexity;

/// <summary>Scores of complexity that people gave to images, from a CSV file (RFC 4180, UTF-8) with the columns <c>path</c> and <c>score</c>, and <c>category</c> where there are any.</summary>
public sealed class ComplexityScores
{
    private readonly string _folder;
    private readonly (string Path, HumanScore Score)[] _scores;

    private ComplexityScores(string folder, (string Path, HumanScore Score)[] scores) => (_folder, _scores) = (folder, scores);

    /// <summary>How many there are.</summary>
    public int Count => _scores.Length;

    /// <summary>Reads a file, at most 64 MiB; other columns are passed over.</summary>
    /// <exception cref="KarlFormatException">It is no such file; says the line.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ComplexityScores Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        List<string[]> lines = CsvReader.Read(path);
        string[] headings = lines.Count == 0 ? [] : lines[0];
        int paths = Column("path"), scores = Column("score"), categories = Column("category");
        if (paths < 0 || scores < 0)
        {
            throw new KarlFormatException($"Scores '{path}': the first line is '{string.Join(',', headings.Take(5))}'; names of columns, 'path' and 'score' among them, were expected.");
        }

        (string, HumanScore)[] found = new (string, HumanScore)[lines.Count - 1];
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        for (int index = 1; index < lines.Count; index++)
        {
            string[] line = lines[index];
            double score = double.NaN;
            if (line.Length != headings.Length || !double.TryParse(line[scores], NumberStyles.Float, CultureInfo.InvariantCulture, out score) || !double.IsFinite(score))
            {
                throw new KarlFormatException($"Scores '{path}': line {index + 1} was expected to have {headings.Length} fields and a finite number as its score; correct or delete it.");
            }

            if (!seen.TryAdd(line[paths], index + 1))
            {
                throw new KarlFormatException($"Scores '{path}': line {index + 1} has a score of '{line[paths]}', as line {seen[line[paths]]} has; keep one, or their mean.");
            }

            found[index - 1] = (line[paths], new HumanScore(score, categories < 0 ? string.Empty : line[categories]));
        }

        return new ComplexityScores(Path.GetDirectoryName(Path.GetFullPath(path))!, found);

        int Column(string name) => Array.FindIndex(headings, heading => heading.Trim().Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The score of each image; null where there is none. A path is one from the current folder or from the file's; otherwise the name of the file has to be that of one image and one score alone.</summary>
    public HumanScore?[] Of(IReadOnlyList<string> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        Dictionary<string, HumanScore> byPath = new(StringComparer.Ordinal);
        foreach ((string path, HumanScore score) in _scores.Where(one => one.Path.Length > 0 && !one.Path.Contains('\0', StringComparison.Ordinal)))
        {
            byPath[Path.GetFullPath(path)] = score;
            byPath.TryAdd(Path.GetFullPath(path, _folder), score);
        }

        Dictionary<string, HumanScore> byName = Unique(_scores, one => one.Path).ToDictionary(pair => pair.Key, pair => pair.Value.Score, StringComparer.Ordinal);
        Dictionary<string, string> names = Unique(images, image => image);
        return [.. images.Select(image =>
            byPath.TryGetValue(Path.GetFullPath(image), out HumanScore? score) ? score
            : names.ContainsKey(NameOf(image)) && byName.TryGetValue(NameOf(image), out score) ? score : null)];
    }

    private static Dictionary<string, T> Unique<T>(IEnumerable<T> items, Func<T, string> path) =>
        items.GroupBy(item => NameOf(path(item)), StringComparer.Ordinal).Where(group => group.Count() == 1).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    private static string NameOf(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
}

/// <summary>What people said of one image.</summary>
/// <param name="Score">How complex it is, in any unit; more is more complex.</param>
/// <param name="Category">What kind of image it is; empty where that is not told.</param>
public sealed record HumanScore(double Score, string Category);
