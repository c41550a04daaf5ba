using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;

namespace Karl.Applications.Compression.Internals;

/// <summary>Looks for the best that another format can do for one image: at its own size, and at 1, 2 and sixteenths of its pixels across, by halving the range of qualities.</summary>
internal sealed class RivalSearch(RgbImage image, RivalFormat format, CancellationToken cancellationToken)
{
    private const int Sizes = 16, BestQuality = 100;
    private readonly ImageDecoder _decoder = new();
    private readonly Dictionary<(int Side, int Quality), byte[]> _files = [];
    private readonly Dictionary<int, RgbImage> _shrunk = [];

    private int WorstQuality => format == RivalFormat.Jpeg ? 1 : 0;

    /// <summary>Searches.</summary>
    /// <param name="room">Bytes that a file may take.</param>
    /// <param name="error">L1 of the tokens, to be reached.</param>
    public RivalResult Find(int room, double error)
    {
        int[] sides = [.. Enumerable.Range(1, Sizes).Select(part => image.Width * part / Sizes).Concat([1, 2]).Where(side => side >= 1).Distinct().Order()];
        Rival[] fitting = [.. sides.Select(side => Within(side, room)).OfType<Rival>()];
        return new RivalResult(
            fitting.FirstOrDefault(rival => rival.Side == image.Width),
            fitting.MinBy(rival => rival.Comparison.MeanAbsoluteError),
            File(image.Width, WorstQuality).Length,
            sides.Select(side => Decode(side, WorstQuality)).MinBy(rival => rival.Bytes)!,
            sides.Select(side => BytesAsClose(side, error)).Min());
    }

    /// <summary>The best quality that fits; sizes grow with the quality, but for a byte here and there.</summary>
    private Rival? Within(int side, int room)
    {
        if (File(side, WorstQuality).Length > room)
        {
            return null;
        }

        return Decode(side, Last(quality => File(side, quality).Length <= room));
    }

    private int? BytesAsClose(int side, double error)
    {
        if (ErrorOf(BestQuality) > error)
        {
            return null;
        }

        int farther = ErrorOf(WorstQuality) <= error ? WorstQuality - 1 : Last(quality => ErrorOf(quality) > error);
        return File(side, farther + 1).Length;

        double ErrorOf(int quality) => ImageMetrics.MeanAbsoluteError(image, Pixels(side, quality));
    }

    /// <summary>The last quality for which something holds that holds for the worst and then, from some quality on, no more.</summary>
    private int Last(Func<int, bool> holds)
    {
        int below = WorstQuality, above = BestQuality + 1;
        while (above - below > 1)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int middle = (below + above) / 2;
            (below, above) = holds(middle) ? (middle, above) : (below, middle);
        }

        return below;
    }

    private Rival Decode(int side, int quality)
    {
        RgbImage pixels = Pixels(side, quality);
        return new Rival(side, quality, File(side, quality).Length, ImageComparison.Between(image, pixels), pixels);
    }

    private RgbImage Pixels(int side, int quality)
    {
        RgbImage small = _decoder.Decode(File(side, quality), "rival", cancellationToken);
        return side == image.Width ? small : ImageResizer.Resize(small, image.Width, image.Height);
    }

    private byte[] File(int side, int quality)
    {
        if (!_files.TryGetValue((side, quality), out byte[]? file))
        {
            file = format == RivalFormat.Jpeg ? ImageWriter.EncodeSmallJpeg(Shrunk(side), quality) : ImageWriter.EncodeWebP(Shrunk(side), quality);
            _files.Add((side, quality), file);
        }

        return file;
    }

    private RgbImage Shrunk(int side)
    {
        if (!_shrunk.TryGetValue(side, out RgbImage? small))
        {
            small = side == image.Width ? image : ImageResizer.Resize(image, side, side);
            _shrunk.Add(side, small);
        }

        return small;
    }
}
