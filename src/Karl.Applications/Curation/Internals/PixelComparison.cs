using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;

namespace Karl.Applications.Curation.Internals;

/// <summary>Reads images again to see whether their pixels are alike; the last ones are remembered.</summary>
internal sealed class PixelComparison(ImageTokenizer tokenizer, IReadOnlyList<SeenImage> images, double mostDifference, CancellationToken cancellationToken)
{
    private const int MostRemembered = 64;
    private readonly Dictionary<int, RgbImage?> _remembered = [];
    private readonly Queue<int> _order = new();

    /// <summary>Whether two images, as the model sees them, differ by little on average; not where one cannot be read any more.</summary>
    public bool AreClose(int first, int second) =>
        Read(first) is RgbImage one && Read(second) is RgbImage other && ImageMetrics.MeanAbsoluteError(one, other) <= mostDifference;

    private RgbImage? Read(int index)
    {
        if (!_remembered.TryGetValue(index, out RgbImage? image))
        {
            if (_order.Count == MostRemembered)
            {
                _remembered.Remove(_order.Dequeue());
            }

            image = tokenizer.ReadOriginal(images[index].Path, cancellationToken).Image;
            _remembered.Add(index, image);
            _order.Enqueue(index);
        }

        return image;
    }
}
