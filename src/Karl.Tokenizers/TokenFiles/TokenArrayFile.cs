using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.TokenFiles.Internals;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.TokenFiles;

/// <summary>Tokens of many images as NumPy arrays (<c>.npz</c>), for programs that want them all at once.</summary>
/// <remarks>
/// While the work goes on, lines are kept beside it in <c>name.npz.partial.jsonl</c>, a token file with halting probabilities, which is what an interrupted work continues from;
/// the arrays appear whole, and that file goes, with <see cref="Complete"/>. Memory stays bounded. With n images and t tokens in all, little-endian:
/// <list type="table">
/// <item><term><c>paths</c>, <c>path_offsets</c></term><description>UTF-8 bytes of all paths, uint8; int64 <c>[n + 1]</c>: image i's path is <c>paths[path_offsets[i]:path_offsets[i + 1]]</c></description></item>
/// <item><term><c>offsets</c></term><description>int64 <c>[n + 1]</c>: image i's tokens are rows <c>offsets[i]</c> to below <c>offsets[i + 1]</c></description></item>
/// <item><term><c>positions</c></term><description>int32 <c>[t]</c>, ascending within an image</description></item>
/// <item><term><c>codes</c> or <c>latents</c></term><description>int32 <c>[t]</c>, or float32 <c>[t, width]</c></description></item>
/// <item><term><c>halting_probabilities</c></term><description>float32 <c>[n, budget]</c>, of kept and dropped tokens; only where the model gives them</description></item>
/// <item><term><c>encoder_runs</c>, <c>decoder_runs</c></term><description>int32 <c>[n]</c>: how often the model was run for an image; -1 where that is not known</description></item>
/// <item><term><c>bits</c>, <c>milliseconds</c></term><description>float64 <c>[n]</c></description></item>
/// <item><term><c>epsilon</c>, <c>budget</c>, <c>codebook</c></term><description>single numbers, float32 and int32; <c>codebook</c> (its size) only with <c>codes</c></description></item>
/// <item><term><c>model</c></term><description>uint8, the letters of <see cref="TokenFileSettings.Model"/></description></item>
/// <item><term><c>error_paths</c>, <c>error_path_offsets</c>, <c>errors</c>, <c>error_offsets</c></term><description>images that could not be read, which have no place in the arrays above, and why; as <c>paths</c></description></item>
/// </list>
/// </remarks>
public sealed class TokenArrayFile : ITokenOutput
{
    private const string PartialSuffix = ".partial.jsonl";
    private readonly string _path;
    private readonly BundleManifest _manifest;
    private readonly TokenLineFile _lines;

    private TokenArrayFile(string path, BundleManifest manifest, TokenLineFile lines)
    {
        _path = path;
        _manifest = manifest;
        _lines = lines;
    }

    /// <inheritdoc/>
    public int EarlierLines => _lines.EarlierLines;

    /// <inheritdoc/>
    public int EarlierErrors => _lines.EarlierErrors;

    /// <summary>Begins a file or continues one.</summary>
    /// <exception cref="KarlFormatException">The work was begun with other settings.</exception>
    /// <exception cref="IOException">The finished file is there already, or nothing can be written there.</exception>
    public static TokenArrayFile OpenOrCreate(string path, BundleManifest manifest, TokenizeOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(manifest);
        if (File.Exists(path) && !File.Exists(PartialOf(path)))
        {
            throw new IOException($"'{path}' is there already and finished; delete it or choose another output.");
        }

        TokenLineFile lines = TokenLineFile.OpenOrCreate(PartialOf(path), TokenFileSettings.Of(manifest, options), withProbabilities: true);
        return new TokenArrayFile(path, manifest, lines);
    }

    /// <summary>The token file beside it that holds unfinished work.</summary>
    public static string PartialOf(string path) => path + PartialSuffix;

    /// <inheritdoc/>
    public bool Contains(string path) => _lines.Contains(path);

    /// <inheritdoc/>
    public void Append(TokenLine line) => _lines.Append(line);

    /// <inheritdoc/>
    public void Complete()
    {
        _lines.Dispose();
        TokenArrays.Write(PartialOf(_path), _path, _manifest, _lines.Settings);
        File.Delete(PartialOf(_path));
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();
}
