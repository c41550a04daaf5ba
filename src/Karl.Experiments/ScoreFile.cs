using System.Globalization;
using Karl.Applications.Internals;
using Karl.Tokenizers;

namespace Karl.Experiments;

/// <summary>Scores of complexity that people gave to images: a CSV file (RFC 4180, UTF-8) with the columns <c>path</c> and <c>score</c>, and <c>category</c> where there are any.</summary>
/// <remarks>Images are told by the name of the file, so names have to be different.</remarks>
public sealed class ScoreFile
{
    private readonly Dictionary<string, HumanScore> _scores = new(StringComparer.Ordinal);

    private ScoreFile()
    {
    }

    /// <summary>How many scores there are.</summary>
    public int Count => _scores.Count;

    /// <summary>The score of an image; null where it has none.</summary>
    public HumanScore? Of(string path) => _scores.GetValueOrDefault(NameOf(path));

    /// <summary>Reads a file of at most 64 MiB.</summary>
    /// <exception cref="KarlFormatException">It is no such file; says the line.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ScoreFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        List<string[]> lines = CsvReader.Read(path);
        string name = Path.GetFileName(path);
        string[] headings = lines.Count == 0 ? [] : [.. lines[0].Select(heading => heading.Trim().ToLowerInvariant())];
        int paths = Array.IndexOf(headings, "path"), scores = Array.IndexOf(headings, "score"), categories = Array.IndexOf(headings, "category");
        if (paths < 0 || scores < 0)
        {
            throw new KarlFormatException($"Scores '{name}': the first line names no columns 'path' and 'score'; these were expected, and 'category' where there are any.");
        }

        ScoreFile result = new();
        for (int index = 1; index < lines.Count; index++)
        {
            string[] fields = lines[index];
            double score = double.NaN;
            if (fields.Length != headings.Length || !double.TryParse(fields[scores], NumberStyles.Float, CultureInfo.InvariantCulture, out score) || !double.IsFinite(score))
            {
                throw new KarlFormatException($"Scores '{name}': line {index + 1} was expected to have {headings.Length} fields and a finite number as its score.");
            }

            if (!result._scores.TryAdd(NameOf(fields[paths]), new HumanScore(score, categories < 0 ? string.Empty : fields[categories])))
            {
                throw new KarlFormatException($"Scores '{name}': line {index + 1} is the second for '{NameOf(fields[paths])}'; each name was expected once.");
            }
        }

        return result;
    }

    private static string NameOf(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
}

/// <summary>What people said of one image.</summary>
/// <param name="Score">How complex it is, in any unit; more is more complex.</param>
/// <param name="Category">What kind of image it is; empty where that is not told.</param>
public sealed record HumanScore(double Score, string Category);
