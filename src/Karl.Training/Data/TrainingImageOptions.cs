using System.Globalization;
using Karl.Tokenizers.Imaging;

namespace Karl.Training.Data;

/// <summary>How a folder of images becomes training batches. The defaults suit photos and models of 256 x 256.</summary>
public sealed record TrainingImageOptions
{
    /// <summary>Side of the square that the network sees, in pixels.</summary>
    public int Size { get; init; } = 256;

    /// <summary>Images of a batch.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Where all chance comes from: order, crops and flips. The same seed, files and options give the same batches.</summary>
    public ulong Seed { get; init; }

    /// <summary>Smallest share of an image's area that a crop takes, above 0 to 1. Lower it for more variety and less of the whole.</summary>
    public double SmallestScale { get; init; } = 0.8;

    /// <summary>Largest share of an image's area that a crop takes, <see cref="SmallestScale"/> to 1.</summary>
    public double LargestScale { get; init; } = 1;

    /// <summary>Smallest width : height of a crop, which is then stretched to the square; 1 to keep proportions.</summary>
    public double SmallestRatio { get; init; } = 3.0 / 4;

    /// <summary>Largest width : height of a crop; 1 to keep proportions.</summary>
    public double LargestRatio { get; init; } = 4.0 / 3;

    /// <summary>Whether half of the samples are mirrored left to right. Switch it off where left and right differ, as in pages of text.</summary>
    public bool Mirror { get; init; } = true;

    /// <summary>Share of samples whose contrast is taken away, some, most or all of it, 0 to 1. Raise it where flat images are to be known as such.</summary>
    public double FadedShare { get; init; }

    /// <summary>Share of samples that are mixed with noise, some, most or nothing but noise, 0 to 1. Raise it where noise is to be known as such.</summary>
    public double NoisyShare { get; init; }

    /// <summary>Filter of all resizing.</summary>
    public Resampling Resampling { get; init; } = Resampling.Bicubic;

    /// <summary>Threads that decode and crop in the background; null is one per processor.</summary>
    public int? Threads { get; init; }

    /// <summary>Batches that may be ready before they are asked for. Each takes <c>12 x BatchSize x Size x Size</c> bytes.</summary>
    public int BatchesAhead { get; init; } = 3;

    /// <summary>
    /// Most bytes of decoded pixels kept in memory, 2 GiB by default; a photo takes about <c>7 x Size x Size</c>. Images beyond it are decoded anew each time.
    /// It changes speed, never what batches hold.
    /// </summary>
    public long CacheBytes { get; init; } = 2L << 30;

    /// <summary>What decodes files.</summary>
    public IImageDecoder Decoder { get; init; } = new ImageDecoder();

    /// <summary>Receives one line for each image that cannot be read, from any thread.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>
    /// The shorter side to which larger images are shrunk as soon as they are decoded: large enough for the smallest crop,
    /// but at most twice <see cref="Size"/>.
    /// </summary>
    public int StoredSide => (int)Math.Ceiling(Size * Math.Min(2, 1 / Math.Sqrt(SmallestScale * Math.Min(SmallestRatio, 1 / LargestRatio))));

    internal int ValuesPerImage => RgbImage.Channels * Size * Size;

    internal void Validate()
    {
        List<string> problems = [];
        void Require(bool holds, FormattableString problem)
        {
            if (!holds)
            {
                problems.Add(problem.ToString(CultureInfo.InvariantCulture));
            }
        }

        Require(Size is >= 1 and <= 4096, $"Size is {Size}; 1 to 4096 was expected.");
        Require(BatchSize is >= 1 and <= 65536, $"BatchSize is {BatchSize}; 1 to 65536 was expected.");
        Require(problems.Count > 0 || (long)BatchSize * ValuesPerImage <= Array.MaxLength, $"A batch of {BatchSize} x 3 x {Size} x {Size} is too large for one array; make it smaller.");
        Require(SmallestScale is > 0 and <= 1, $"SmallestScale is {SmallestScale}; above 0 to 1 was expected.");
        Require(LargestScale >= SmallestScale && LargestScale <= 1, $"LargestScale is {LargestScale}; SmallestScale {SmallestScale} to 1 was expected.");
        Require(SmallestRatio is > 0.01 and <= 1, $"SmallestRatio is {SmallestRatio}; 0.01 to 1 was expected.");
        Require(LargestRatio is >= 1 and < 100, $"LargestRatio is {LargestRatio}; 1 to 100 was expected.");
        Require(FadedShare >= 0 && NoisyShare >= 0 && FadedShare + NoisyShare <= 1, $"FadedShare is {FadedShare} and NoisyShare {NoisyShare}; 0 to 1 was expected, also for their sum.");
        Require(Threads is null or (>= 1 and <= 1024), $"Threads is {Threads}; 1 to 1024, or null, was expected.");
        Require(BatchesAhead is >= 1 and <= 1024, $"BatchesAhead is {BatchesAhead}; 1 to 1024 was expected.");
        Require(CacheBytes >= 0, $"CacheBytes is {CacheBytes}; at least 0 was expected.");
        if (problems.Count > 0)
        {
            throw new ArgumentException("The training images cannot be so: " + string.Join(" ", problems));
        }
    }
}
