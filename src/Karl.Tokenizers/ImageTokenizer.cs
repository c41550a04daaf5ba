using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Families.Internals;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Sessions;
using Karl.Tokenizers.Sessions.Internals;
using Karl.Tokenizers.Tokenization.Internals;

namespace Karl.Tokenizers;

/// <summary>A loaded model that turns images into as many tokens as they need, and tokens back into images.</summary>
/// <remarks>Loading takes seconds, so keep one and share it: every method is safe to call from several threads. Dispose it when nobody calls it any more.</remarks>
public sealed partial class ImageTokenizer : IDisposable
{
    private readonly ImageTokenizerOptions _options;
    private readonly ImagePreprocessor _preprocessor;
    private readonly IImageEncoder? _encoder;
    private DecoderRunner? _decoder;

    private ImageTokenizer(Bundle bundle, ImageTokenizerOptions options)
    {
        _options = options;
        Manifest = bundle.Manifest;
        ModelFamily family = ModelFamily.Of(Manifest);
        ImagePreprocessorOptions preprocessing = options.Preprocessing ?? new ImagePreprocessorOptions { Resampling = family.Resampling };
        _preprocessor = new ImagePreprocessor(preprocessing with { Size = Manifest.ImageSize });
        List<GraphSession> loaded = [];
        SessionFactory sessions = new(options.Device, options.FallbackToCpu, options.Threads, options.AllowSpinning, options.Warn);
        try
        {
            if (options.Parts.HasFlag(TokenizerParts.Encoder))
            {
                _encoder = family.CreateEncoder(new EncoderResources(Manifest, Load, LoadDecoder));
            }

            if (options.Parts.HasFlag(TokenizerParts.Decoder))
            {
                LoadDecoder();
            }
        }
        catch
        {
            loaded.ForEach(session => session.Dispose());
            throw;
        }

        Device = sessions.Device;

        GraphSession Load(string part, GraphContract contract)
        {
            loaded.Add(sessions.Load(bundle, part, contract));
            return loaded[^1];
        }

        DecoderRunner LoadDecoder() => _decoder ??= new DecoderRunner(Load(Bundle.DecoderPart, GraphContract.Decoder(Manifest)), Manifest, options.BatchSize);
    }

    /// <summary>What the bundle says about itself.</summary>
    public BundleManifest Manifest { get; }

    /// <summary>Where the model runs: what was asked for, or the processor after a fallback.</summary>
    public TokenizerDevice Device { get; }

    /// <summary>Height and width of the images that the model sees and gives, in pixels.</summary>
    public int ImageSize => Manifest.ImageSize;

    /// <summary>Brings an image of any size to what the model sees, as all methods here do it.</summary>
    public ImagePreprocessor Preprocessor => _preprocessor;

    private int ValuesPerImage => 3 * ImageSize * ImageSize;

    /// <summary>Loads the model that is used wherever none is named: <see cref="IncludedModel.Default"/>.</summary>
    /// <inheritdoc cref="Load(IncludedModel, ImageTokenizerOptions?)"/>
    public static ImageTokenizer LoadDefault(ImageTokenizerOptions? options = null) => Load(IncludedModel.Default, options);

    /// <summary>Loads a model that comes with this library.</summary>
    /// <param name="model">Which one.</param>
    /// <param name="options">How to load and run it.</param>
    /// <exception cref="ArgumentException">The options cannot be; all problems are listed.</exception>
    /// <exception cref="PlatformNotSupportedException">The device is not there and no fallback was allowed.</exception>
    public static ImageTokenizer Load(IncludedModel model, ImageTokenizerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options = Checked(options);
        using Bundle bundle = model.Open();
        return new ImageTokenizer(bundle, options);
    }

    /// <summary>Loads a model bundle from a file.</summary>
    /// <param name="path">A <c>.karl</c> file.</param>
    /// <param name="options">How to load and run it.</param>
    /// <exception cref="ArgumentException">The options cannot be; all problems are listed.</exception>
    /// <exception cref="KarlFormatException">The file is not a bundle, is damaged, or holds graphs that are not a tokenizer's.</exception>
    /// <exception cref="PlatformNotSupportedException">The device is not there and no fallback was allowed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImageTokenizer Load(string path, ImageTokenizerOptions? options = null)
    {
        options = Checked(options);
        using Bundle bundle = Bundle.Open(path);
        return new ImageTokenizer(bundle, options);
    }

    /// <summary>Loads an opened model bundle, which can be closed afterwards.</summary>
    /// <inheritdoc cref="Load(string, ImageTokenizerOptions?)" path="/exception"/>
    public static ImageTokenizer Load(Bundle bundle, ImageTokenizerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        return new ImageTokenizer(bundle, Checked(options));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _encoder?.Dispose();
        _decoder?.Dispose();
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Manifest.Family} over {Manifest.Base}, preset {Manifest.Preset ?? "none"}, {ImageSize} x {ImageSize}, {Manifest.DefaultBudget} of at most {Manifest.MaximumBudget} tokens, on {Device}";

    private static ImageTokenizerOptions Checked(ImageTokenizerOptions? options)
    {
        options ??= new ImageTokenizerOptions();
        options.Validate();
        return options;
    }

    private IImageEncoder RequireEncoder() =>
        _encoder ?? throw new InvalidOperationException("This tokenizer was loaded without its encoder; load it with TokenizerParts.Encoder or All.");

    private DecoderRunner RequireDecoder() =>
        _decoder ?? throw new InvalidOperationException("This tokenizer was loaded without its decoder; load it with TokenizerParts.Decoder or All.");
}
