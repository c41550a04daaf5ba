using System.Globalization;

namespace Karl.Training.Runs.Internals;

/// <summary>Losses step by step in a CSV file: whole lines only, and none of steps that a resumed run does again.</summary>
internal sealed class LossLog : IDisposable
{
    private readonly StreamWriter _writer;
    private readonly IReadOnlyList<string> _names;

    /// <summary>Opens a log after so many steps; lines of later steps, and a last line that is not whole, are cut off.</summary>
    public LossLog(string path, IReadOnlyList<string> names, int completedSteps)
    {
        _names = names;
        var header = $"step,{string.Join(',', names)},learning_rate";
        List<string> kept = [header, .. completedSteps > 0 && File.Exists(path) ? Read(path, completedSteps) : []];
        var temporary = path + ".partial";
        File.WriteAllText(temporary, string.Concat(kept.Select(line => line + "\n")));
        File.Move(temporary, path, overwrite: true);
        _writer = new StreamWriter(path, append: true);
    }

    /// <summary>Adds a step, counted from 1.</summary>
    public void Add(int step, IReadOnlyDictionary<string, float> values, double learningRate)
    {
        var numbers = _names.Select(name => values[name].ToString("R", CultureInfo.InvariantCulture));
        _writer.Write(string.Create(CultureInfo.InvariantCulture, $"{step},{string.Join(',', numbers)},{learningRate:R}\n"));
    }

    /// <summary>Puts what was added on the disk.</summary>
    public void Flush() => _writer.Flush();

    /// <summary>The lines of a log as numbers: step, then one for each name, then the learning rate.</summary>
    public static IReadOnlyList<double[]> Load(string path) =>
        [.. File.ReadLines(path).Skip(1).Select(line => line.Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray())];

    public void Dispose() => _writer.Dispose();

    private static IEnumerable<string> Read(string path, int completedSteps) => File.ReadAllText(path).Split('\n').Skip(1).SkipLast(1)
        .Where(line => int.TryParse(line.Split(',')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var step) && step <= completedSteps);
}
