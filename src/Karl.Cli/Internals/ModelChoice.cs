using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;

namespace Karl.Cli.Internals;

/// <summary>The model of a command.</summary>
/// <param name="Path">Its file, or null for the one that comes with the library.</param>
internal sealed record ModelChoice(string? Path)
{
    /// <summary>What people call it.</summary>
    public string Name => Path is null ? DefaultModel.Name : PlainText.OneLine(System.IO.Path.GetFileName(Path));

    /// <summary>Loads it.</summary>
    public ImageTokenizer Load(ImageTokenizerOptions options) => Path is null ? ImageTokenizer.LoadDefault(options) : ImageTokenizer.Load(Path, options);

    /// <summary>Opens its bundle; the caller disposes it.</summary>
    public Bundle Open() => Path is null ? DefaultModel.Open() : Bundle.Open(Path);
}
