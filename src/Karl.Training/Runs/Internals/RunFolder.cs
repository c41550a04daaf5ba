using System.Globalization;
using System.Text.Json;
using Karl.Tokenizers;

namespace Karl.Training.Runs.Internals;

/// <summary>The folder of a run, and what it was begun with.</summary>
internal sealed class RunFolder
{
    /// <summary>What a run leaves half-written when it is killed.</summary>
    private static readonly string[] Leftovers = ["*.partial", "*.png.karl", "*.png.safetensors"];
    private readonly string _path;

    private RunFolder(string path) => _path = path;

    /// <summary>The state of a phase: weights, moments, averages and how far it is.</summary>
    public string State(string phase) => StateIn(_path, phase);

    /// <summary>The state of a phase in the folder of any run.</summary>
    public static string StateIn(string folder, string phase) => Path.Combine(folder, phase + ".state.safetensors");

    /// <summary>The losses of a phase, a line a step.</summary>
    public string Log(string phase) => Path.Combine(_path, phase + ".losses.csv");

    /// <summary>The losses of a phase as a picture.</summary>
    public string Plot(string phase) => Path.Combine(_path, phase + ".losses.png");

    /// <summary>Reconstructions after so many steps of a phase.</summary>
    public string Sheet(string phase, int completedSteps) => Path.Combine(_path, string.Create(CultureInfo.InvariantCulture, $"{phase}.step-{completedSteps:000000}.png"));

    /// <summary>The trained network under its published names, which <c>karl export</c> reads.</summary>
    public string Checkpoint => Path.Combine(_path, "checkpoint.safetensors");

    /// <summary>The model.</summary>
    public string Bundle => Path.Combine(_path, "model.karl");

    /// <summary>Begins a run, or takes one up that was begun with the same.</summary>
    /// <exception cref="InvalidOperationException">There is a run and it is not to be resumed, or it was begun with something else.</exception>
    public static RunFolder Open(string path, bool resume, RunIdentity identity)
    {
        var file = Path.Combine(path, "run.json");
        Directory.CreateDirectory(path);
        if (File.Exists(file))
        {
            if (!resume) throw new InvalidOperationException($"'{path}' holds a run already: give --resume to go on with it, or another folder.");
            var begun = Read(file);
            if (begun != identity) throw new InvalidOperationException($"'{path}' was begun with {begun}; now it is {identity}. Give the same again, or another folder.");
            foreach (var rest in Leftovers.SelectMany(pattern => Directory.EnumerateFiles(path, pattern))) File.Delete(rest);
            return new RunFolder(path);
        }

        if (Directory.EnumerateFileSystemEntries(path).Any()) throw new InvalidOperationException($"'{path}' is not empty and holds no run; give another folder.");
        File.WriteAllText(file + ".partial", JsonSerializer.Serialize(identity));
        File.Move(file + ".partial", file);
        return new RunFolder(path);
    }

    private static RunIdentity Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<RunIdentity>(File.ReadAllText(file)) ?? throw new JsonException("it is null");
        }
        catch (JsonException exception)
        {
            throw new KarlFormatException($"'{file}' does not say what the run was begun with: {exception.Message} Begin again in another folder.", exception);
        }
    }
}

/// <summary>What must be the same for a run to go on.</summary>
/// <param name="Preset">The preset's name.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Images">How many files.</param>
/// <param name="Fingerprint">Of the files' names.</param>
/// <param name="Base">Fingerprint of the file that the base tokenizer was taken from; null where the run trains its own.</param>
/// <param name="Judges">What tells perceptual network and adversaries from others; null where there are none.</param>
internal sealed record RunIdentity(string Preset, int Seed, int Images, string Fingerprint, string? Base = null, string? Judges = null)
{
    public override string ToString() => $"preset '{Preset}', seed {Seed}, {(Base is null ? "its own base tokenizer" : $"base tokenizer {Shortened(Base)}")}, {(Judges is null ? "no perceptual network and no adversaries" : Judges)} and {Images} images ({Shortened(Fingerprint)})";

    private static string Shortened(string fingerprint) => fingerprint[..Math.Min(8, fingerprint.Length)];
}
