using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;

namespace Karl.Training.Data.Internals;

/// <summary>Decoded images, shrunk to what crops need, in memory as far as the limit allows. Each is the same whether it comes from memory or from its file.</summary>
/// <remarks>Nothing is ever thrown out: an epoch visits every image once, so whatever took the place would not be asked for sooner.</remarks>
internal sealed class ImageStore(string[] paths, TrainingImageOptions options)
{
    private readonly RgbImage?[] _images = new RgbImage?[paths.Length];
    private readonly int[] _isBroken = new int[paths.Length];
    private string? _firstProblem;
    private long _bytes;
    private int _cachedCount;
    private int _brokenCount;

    public string[] Paths => paths;

    public int BrokenCount => Volatile.Read(ref _brokenCount);

    public (int Images, long Bytes) Cached => (Volatile.Read(ref _cachedCount), Interlocked.Read(ref _bytes));

    /// <summary>Why the first image that could not be read could not.</summary>
    public string? FirstProblem => Volatile.Read(ref _firstProblem);

    /// <summary>An image whose shorter side is at most <see cref="TrainingImageOptions.StoredSide"/>; null where it cannot be read.</summary>
    public RgbImage? Read(int index, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _images[index]) is RgbImage known)
        {
            return known;
        }

        if (Decode(index, cancellationToken) is not RgbImage decoded)
        {
            return null;
        }

        RgbImage image = Shrink(decoded);
        Keep(index, image);
        return image;
    }

    /// <summary>The image as its file has it; null where it cannot be read, which is told once.</summary>
    public RgbImage? Decode(int index, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _isBroken[index]) != 0)
        {
            return null;
        }

        try
        {
            return options.Decoder.Decode(paths[index], cancellationToken);
        }
        catch (Exception exception) when (exception is KarlFormatException or IOException or UnauthorizedAccessException)
        {
            if (Interlocked.Exchange(ref _isBroken[index], 1) == 0)
            {
                Interlocked.Increment(ref _brokenCount);
                string problem = exception.Message.Contains(paths[index], StringComparison.Ordinal) ? exception.Message : $"Image '{paths[index]}': {exception.Message}";
                Interlocked.CompareExchange(ref _firstProblem, problem, null);
                options.Warn?.Invoke($"{problem} It is left out.");
            }

            return null;
        }
    }

    private RgbImage Shrink(RgbImage image)
    {
        int shorter = Math.Min(image.Width, image.Height);
        if (shorter <= options.StoredSide)
        {
            return image;
        }

        double factor = (double)options.StoredSide / shorter;
        return ImageResizer.Resize(image, (int)Math.Round(image.Width * factor), (int)Math.Round(image.Height * factor), options.Resampling);
    }

    private void Keep(int index, RgbImage image)
    {
        long bytes = image.Pixels.Length;
        if (Interlocked.Add(ref _bytes, bytes) <= options.CacheBytes && Interlocked.CompareExchange(ref _images[index], image, null) is null)
        {
            Interlocked.Increment(ref _cachedCount);
        }
        else
        {
            Interlocked.Add(ref _bytes, -bytes);
        }
    }
}
