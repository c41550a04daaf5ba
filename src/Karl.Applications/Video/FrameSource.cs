using System.Globalization;
using System.Runtime.CompilerServices;
using Karl.Applications.Video.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;

namespace Karl.Applications.Video;

/// <summary>Frames one after another: of a film, which the program ffmpeg reads, or image files in the order of their names.</summary>
public sealed class FrameSource
{
    private static readonly string[] FilmExtensions = [".avi", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".ts", ".webm", ".wmv", ".y4m"];
    private readonly IReadOnlyList<string> _names;
    private readonly FilmFrameOptions _options;

    private FrameSource(IReadOnlyList<string> names, FilmFrameOptions options)
    {
        _names = names;
        _options = options;
        IsFilm = names.Any(IsFilmName);
    }

    /// <summary>Whether the frames are a film's.</summary>
    public bool IsFilm { get; }

    /// <summary>Whether a path is named as films are.</summary>
    public static bool IsFilmName(string path) => FilmExtensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) && !Directory.Exists(path);

    /// <summary>Chooses frames; nothing is read yet.</summary>
    /// <param name="names">One film, or files, folders and patterns of images.</param>
    /// <param name="options">Which frames; null is all.</param>
    /// <exception cref="ArgumentException">A film is named beside something else, or the options cannot be.</exception>
    /// <exception cref="FileNotFoundException">The film is not there.</exception>
    /// <exception cref="PlatformNotSupportedException">A film is named, and there is no ffmpeg.</exception>
    public static FrameSource Of(IReadOnlyList<string> names, FilmFrameOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        options ??= new FilmFrameOptions();
        options.Validate();
        string? film = names.FirstOrDefault(IsFilmName);
        if (film is not null && names.Count > 1)
        {
            throw new ArgumentException($"The film '{film}' is named beside {(names.Count == 2 ? "another input" : "other inputs")}; name one film alone.", nameof(names));
        }

        if (film is not null && !File.Exists(film))
        {
            throw new FileNotFoundException($"There is no film '{film}'.", film);
        }

        return new FrameSource(names, film is null ? options : options with { Program = options.Program ?? FfmpegProgram.Find() });
    }

    /// <summary>How many frames there are; null for a film, of which only reading it would tell.</summary>
    public long? Count() => IsFilm ? _options.MostFrames : Math.Min(ImageFiles.Find(_names).LongCount(), _options.MostFrames ?? long.MaxValue);

    /// <summary>Reads them, as they are enumerated, at the model's size. Leaving the enumeration ends the program.</summary>
    /// <param name="tokenizer">The model whose input they are to be.</param>
    /// <param name="cancellationToken">Stops, and ends the program.</param>
    /// <exception cref="KarlFormatException">ffmpeg could not read the film.</exception>
    public IAsyncEnumerable<Frame> ReadAsync(ImageTokenizer tokenizer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return IsFilm ? ReadFilmAsync(tokenizer.ImageSize, cancellationToken) : ReadImagesAsync(tokenizer, cancellationToken);
    }

    private async IAsyncEnumerable<Frame> ReadFilmAsync(int size, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int number = 0;
        await foreach (RgbImage image in FfmpegProgram.ReadAsync(_names[0], size, _options, cancellationToken).ConfigureAwait(false))
        {
            yield return new Frame(number, string.Create(CultureInfo.InvariantCulture, $"{_names[0]}#{number}"), image, null);
            number++;
        }
    }

    private async IAsyncEnumerable<Frame> ReadImagesAsync(ImageTokenizer tokenizer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int number = 0;
        foreach (string path in ImageFiles.Find(_names).Take(_options.MostFrames ?? int.MaxValue))
        {
            (RgbImage? image, string? problem) = await Task.Run(() => tokenizer.ReadOriginal(path, cancellationToken), cancellationToken).ConfigureAwait(false);
            yield return new Frame(number++, path, image, problem);
        }
    }
}
