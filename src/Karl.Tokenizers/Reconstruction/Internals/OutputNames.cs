using System.Globalization;

namespace Karl.Tokenizers.Reconstruction.Internals;

/// <summary>Names of files for images whose paths may be equal but for their folders, or hostile: safe on every system, each given once.</summary>
internal sealed class OutputNames
{
    private const int LongestStem = 60;
    private const string Reserved = "sheet-";
    private static readonly HashSet<string> Devices = new(
        ["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(number => new[] { $"com{number}", $"lpt{number}" })], StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _given = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _counts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A name ending with <c>.png</c>: the image's own where that is free, else with a number behind it.</summary>
    public string Next(string path)
    {
        string stem = Safe(path), name = stem;
        int count = _counts.GetValueOrDefault(stem, 1);
        while (!_given.Add(name))
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{stem}-{++count}");
        }

        _counts[stem] = count;
        return name + ".png";
    }

    private static string Safe(string path)
    {
        string name = path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
        int dot = name.LastIndexOf('.');
        string stem = dot > 0 ? name[..dot] : name;
        stem = string.Concat(stem.Take(LongestStem).Select(letter => char.IsLetterOrDigit(letter) || " -_.()".Contains(letter, StringComparison.Ordinal) ? letter : '_')).Trim(' ', '.');
        return stem.Length == 0 ? "image"
            : Devices.Contains(stem.Split('.')[0]) || stem.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase) ? "_" + stem
            : stem;
    }
}
