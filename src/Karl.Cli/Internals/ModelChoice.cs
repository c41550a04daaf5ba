using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;

namespace Karl.Cli.Internals;

/// <summary>The model of a command.</summary>
/// <param name="Path">Its file, the name of one that comes with the library, or null for the default one.</param>
internal sealed record ModelChoice(string? Path)
{
    private readonly IncludedModel? _included = IncludedModel.Of(Path);

    /// <summary>Whether there is such a model.</summary>
    public bool Exists => _included is not null || File.Exists(Path);

    /// <summary>What people call it.</summary>
    public string Name => _included?.FileName ?? PlainText.OneLine(System.IO.Path.GetFileName(Path!));

    /// <summary>Loads it.</summary>
    public ImageTokenizer Load(ImageTokenizerOptions options) => _included is null ? ImageTokenizer.Load(Path!, options) : ImageTokenizer.Load(_included, options);

    /// <summary>Opens its bundle; the caller disposes it.</summary>
    public Bundle Open() => _included?.Open() ?? Bundle.Open(Path!);
}
