using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;

namespace Karl.Tokenizers.Evaluation.Internals;

/// <summary>Thumbnails of one image, each size made once.</summary>
internal sealed class Thumbnails(RgbImage image)
{
    private readonly Dictionary<int, ThumbnailResult> _known = [];

    /// <summary>The largest square thumbnail whose pixels fit into so many bits.</summary>
    public ThumbnailResult Within(double bits)
    {
        int side = SideWithin(bits, image.Width);
        if (!_known.TryGetValue(side, out ThumbnailResult? result))
        {
            RgbImage enlarged = ImageResizer.Resize(ImageResizer.Resize(image, side, side), image.Width, image.Height);
            result = new ThumbnailResult(side, ImageComparison.Between(image, enlarged));
            _known.Add(side, result);
        }

        return result;
    }

    /// <summary>Side in pixels of 24 bits each, 1 to that of the image itself.</summary>
    public static int SideWithin(double bits, int imageSide) => (int)Math.Clamp(Math.Floor(Math.Sqrt(bits / (8 * RgbImage.Channels))), 1, imageSide);
}
