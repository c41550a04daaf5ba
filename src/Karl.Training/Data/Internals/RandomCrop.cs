using System.Buffers;
using Karl.Tokenizers.Imaging;

namespace Karl.Training.Data.Internals;

/// <summary>A random part of an image, resized to the square and perhaps mirrored.</summary>
internal static class RandomCrop
{
    private const int Attempts = 10;

    /// <summary>Makes a sample.</summary>
    /// <param name="image">Any size.</param>
    /// <param name="options">Scale, ratio, size.</param>
    /// <param name="random">The sample's own chance.</param>
    /// <param name="destination"><c>[3, size, size]</c>, 0 to 1.</param>
    public static void Read(RgbImage image, TrainingImageOptions options, ref SampleRandom random, Span<float> destination)
    {
        PixelArea area = Choose(image.Width, image.Height, options, ref random);
        bool isMirrored = options.Mirror && random.Unit() < 0.5;
        byte[] bytes = ArrayPool<byte>.Shared.Rent(destination.Length);
        try
        {
            Span<byte> pixels = bytes.AsSpan(0, destination.Length);
            ImageResizer.Resize(image, area, options.Size, options.Size, options.Resampling, pixels);
            if (isMirrored)
            {
                Mirror(pixels, options.Size);
            }

            PlanarPixels.FromRgb(pixels, destination);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>
    /// The rule of torchvision's RandomResizedCrop: share of the area uniform, logarithm of the ratio uniform, ten attempts to fit into the image,
    /// then the largest centred area whose ratio is allowed.
    /// </summary>
    public static PixelArea Choose(int width, int height, TrainingImageOptions options, ref SampleRandom random)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            double area = (double)width * height * Between(options.SmallestScale, options.LargestScale, random.Unit());
            double ratio = Math.Exp(Between(Math.Log(options.SmallestRatio), Math.Log(options.LargestRatio), random.Unit()));
            int across = (int)Math.Round(Math.Sqrt(area * ratio)), down = (int)Math.Round(Math.Sqrt(area / ratio));
            if (across >= 1 && across <= width && down >= 1 && down <= height)
            {
                return new PixelArea(random.Below(width - across + 1), random.Below(height - down + 1), across, down);
            }
        }

        double own = (double)width / height;
        int keptWidth = own > options.LargestRatio ? Math.Max(1, (int)Math.Round(height * options.LargestRatio)) : width;
        int keptHeight = own < options.SmallestRatio ? Math.Max(1, (int)Math.Round(width / options.SmallestRatio)) : height;
        return new PixelArea((width - keptWidth) / 2, (height - keptHeight) / 2, keptWidth, keptHeight);
    }

    private static double Between(double low, double high, double place) => low + ((high - low) * place);

    private static void Mirror(Span<byte> pixels, int size)
    {
        for (int y = 0; y < size; y++)
        {
            Span<byte> row = pixels.Slice(y * size * RgbImage.Channels, size * RgbImage.Channels);
            row.Reverse();
            for (int index = 0; index < row.Length; index += RgbImage.Channels)
            {
                (row[index], row[index + 2]) = (row[index + 2], row[index]);
            }
        }
    }
}
