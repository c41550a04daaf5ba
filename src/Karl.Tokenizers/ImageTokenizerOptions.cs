using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Sessions;

namespace Karl.Tokenizers;

/// <summary>How a model is loaded and run. The defaults suit bulk work on a processor.</summary>
public sealed record ImageTokenizerOptions
{
    /// <summary>Where graphs run.</summary>
    public TokenizerDevice Device { get; init; } = TokenizerDevice.Cpu;

    /// <summary>Whether the processor may take over where <see cref="Device"/> cannot be used; <see cref="Warn"/> then hears of it once.</summary>
    public bool FallbackToCpu { get; init; }

    /// <summary>Receives warnings, one line each.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Threads that compute one run; null is ONNX Runtime's choice, one per physical core. Where many callers share a machine, 1 is better.</summary>
    public int? Threads { get; init; }

    /// <summary>Most files that are read and resized at the same time while the model runs; null is one per processor. Memory grows with it.</summary>
    public int? PreparationThreads { get; init; }

    /// <summary>Whether idle compute threads wait actively, which answers sooner but keeps cores busy.</summary>
    public bool AllowSpinning { get; init; } = true;

    /// <summary>Most images in one run. Raise it on a GPU; memory grows with it.</summary>
    public int BatchSize { get; init; } = 4;

    /// <summary>Which halves of the model are loaded; one that is not needed costs time and memory.</summary>
    public TokenizerParts Parts { get; init; } = TokenizerParts.All;

    /// <summary>What decodes image files.</summary>
    public IImageDecoder ImageDecoder { get; init; } = new ImageDecoder();

    /// <summary>
    /// How images are brought to the model's square; null is as the model's family does it (One-D-Piece bilinear, the others bicubic).
    /// <see cref="ImagePreprocessorOptions.Size"/> is taken from the bundle.
    /// </summary>
    public ImagePreprocessorOptions? Preprocessing { get; init; }

    internal void Validate()
    {
        List<string> problems = [];
        if (Threads is < 1 or > 1024)
        {
            problems.Add($"Threads is {Threads}; 1 to 1024, or null, was expected.");
        }

        if (PreparationThreads is < 1 or > 1024)
        {
            problems.Add($"PreparationThreads is {PreparationThreads}; 1 to 1024, or null, was expected.");
        }

        if (BatchSize is < 1 or > 4096)
        {
            problems.Add($"BatchSize is {BatchSize}; 1 to 4096 was expected.");
        }

        if ((Parts & TokenizerParts.All) == 0 || (Parts & ~TokenizerParts.All) != 0)
        {
            problems.Add($"Parts is {Parts}; Encoder, Decoder or All was expected.");
        }

        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", problems));
        }
    }
}

/// <summary>The halves of a model.</summary>
[Flags]
public enum TokenizerParts
{
    /// <summary>Neither.</summary>
    None = 0,

    /// <summary>Images into tokens. A family that searches for the fewest tokens by decoding loads its decoder too.</summary>
    Encoder = 1,

    /// <summary>Tokens into images.</summary>
    Decoder = 2,

    /// <summary>Both.</summary>
    All = Encoder | Decoder,
}
