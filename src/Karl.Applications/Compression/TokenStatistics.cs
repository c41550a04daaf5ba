using System.Security.Cryptography;
using Karl.Applications.Compression.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Imaging.Internals;
using Karl.Tokenizers.TokenFiles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Compression;

/// <summary>How often a model's codes occur at which position, and which positions it keeps: what makes its token archives smaller from the first image on.</summary>
/// <remarks>
/// Kept in a file (<c>.kts</c>) beside the model under the same name, or, for the model that comes along, in this library. An archive written with statistics can only be read with the same.
/// One thread at a time may add to them.
/// </remarks>
public sealed class TokenStatistics
{
    private const string DefaultName = "default.kts";
    private const int MostTokens = 1 << 21;
    private readonly CodeLayout _layout;
    private int _tokens;

    /// <summary>Begins without any.</summary>
    /// <param name="model">The model, as token files name it: see <see cref="TokenFileSettings.Model"/>.</param>
    /// <param name="maximumBudget">The model's largest budget, 1 to 4096.</param>
    /// <param name="codebookSize">Entries of its codebook, at least 1.</param>
    public TokenStatistics(string model, int maximumBudget, int codebookSize)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Length != 16 || !model.All(char.IsAsciiHexDigitLower))
        {
            throw new ArgumentException($"The model is '{model}'; 16 lower-case hexadecimal digits were expected.", nameof(model));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(maximumBudget, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximumBudget, 4096);
        ArgumentOutOfRangeException.ThrowIfLessThan(codebookSize, 1);
        (Model, MaximumBudget, CodebookSize) = (model, maximumBudget, codebookSize);
        _layout = new CodeLayout(codebookSize, maximumBudget);
        Seen = new int[_layout.Groups * _layout.Symbols];
    }

    /// <summary>Begins without any, for a model.</summary>
    /// <exception cref="ArgumentException">Its tokens are continuous.</exception>
    public TokenStatistics(BundleManifest manifest)
        : this(
            TokenFileSettings.ModelOf(manifest),
            manifest.MaximumBudget,
            manifest.CodebookSize ?? throw new ArgumentException("The model's tokens are continuous; statistics are of codes. Archives of its tokens need none.", nameof(manifest)))
    {
    }

    /// <summary>The model whose tokens were counted.</summary>
    public string Model { get; }

    /// <summary>The model's largest budget.</summary>
    public int MaximumBudget { get; }

    /// <summary>Entries of the model's codebook.</summary>
    public int CodebookSize { get; }

    /// <summary>How many images were counted; an image counts as often as it was added.</summary>
    public int Images { get; private set; }

    /// <summary>What archives call them: the first 16 hexadecimal digits of the SHA-256 of <see cref="ToBytes"/>.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(ToBytes()))[..16];

    /// <summary>How often each symbol was seen in each group, <c>[Groups, Symbols]</c>.</summary>
    internal int[] Seen { get; }

    /// <summary>Positions dropped, by context.</summary>
    internal int[] Dropped { get; } = new int[PositionModel.Contexts];

    /// <summary>Positions kept, by context.</summary>
    internal int[] Kept { get; } = new int[PositionModel.Contexts];

    /// <summary>Counts an image's tokens.</summary>
    /// <exception cref="ArgumentException">They are of another codebook or of a larger budget.</exception>
    public void Add(TokenSequence tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        if (tokens.CodebookSize != CodebookSize || tokens.Budget > MaximumBudget)
        {
            throw new ArgumentException($"The tokens are {tokens}; codes of {CodebookSize} and a budget of at most {MaximumBudget} were expected.", nameof(tokens));
        }

        bool[] isKept = new bool[tokens.Budget];
        for (int index = 0; index < tokens.Count; index++)
        {
            isKept[tokens.Positions[index]] = true;
            Seen[(_layout.GroupOf(tokens.Positions[index]) * _layout.Symbols) + (tokens.Codes[index] >> _layout.PlainBits)]++;
        }

        PositionModel.Count(MaximumBudget, isKept, Dropped, Kept);
        Images++;
        _tokens += tokens.Count + tokens.Budget;
        while (_tokens > MostTokens)
        {
            _tokens = Halve(Seen) + Halve(Dropped) + Halve(Kept);
        }
    }

    /// <summary>The file's bytes; the same for the same counts.</summary>
    public byte[] ToBytes() => StatisticsFile.Write(this);

    /// <summary>Writes the file, whole or not at all.</summary>
    public void Write(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        WholeFile.Write(path, ToBytes());
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="KarlFormatException">It holds no statistics, or is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TokenStatistics Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileInfo file = new(path);
        return file.Exists && file.Length > StatisticsFile.LargestFile
            ? throw new KarlFormatException($"Statistics '{Path.GetFileName(path)}' have {file.Length} bytes; at most {StatisticsFile.LargestFile} were expected. This is another kind of file.")
            : StatisticsFile.Read(File.ReadAllBytes(path), Path.GetFileName(path));
    }

    /// <summary>The statistics of a model: those beside its file, else those that come along; null where there are none for it.</summary>
    /// <param name="model">The model, as token files name it.</param>
    /// <param name="modelPath">Its file; null for the model that comes along.</param>
    /// <exception cref="KarlFormatException">The file beside it is damaged.</exception>
    public static TokenStatistics? Find(string model, string? modelPath = null)
    {
        string? beside = modelPath is null ? null : BesideModel(modelPath);
        if (beside is not null && File.Exists(beside) && Open(beside) is TokenStatistics found && found.Model == model)
        {
            return found;
        }

        return Default is TokenStatistics known && known.Model == model ? known : null;
    }

    /// <summary>Where the statistics of a model are looked for: <c>name.kts</c> beside <c>name.karl</c>.</summary>
    public static string BesideModel(string modelPath) => Path.ChangeExtension(modelPath, ".kts");

    /// <summary>The statistics that come along, made for the model that comes along; null in a build without them.</summary>
    public static TokenStatistics? Default => Known.Value;

    private static readonly Lazy<TokenStatistics?> Known = new(ReadDefault);

    internal void Restore(int images, int tokens) => (Images, _tokens) = (images, tokens);

    private static TokenStatistics? ReadDefault()
    {
        using Stream? stream = typeof(TokenStatistics).Assembly.GetManifestResourceStream(DefaultName);
        if (stream is null)
        {
            return null;
        }

        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return StatisticsFile.Read(bytes, DefaultName);
    }

    private static int Halve(int[] counts)
    {
        int sum = 0;
        for (int index = 0; index < counts.Length; index++)
        {
            counts[index] = (counts[index] + 1) / 2;
            sum += counts[index];
        }

        return sum;
    }
}
