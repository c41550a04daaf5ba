using System.Collections.Immutable;
using Karl.Tokenizers.Imaging;

namespace Karl.Applications.Explanation.Internals;

/// <summary>How much there is to see in parts of an image.</summary>
internal static class ImageDetail
{
    private const double Bytes = 255, Red = 0.299, Green = 0.587, Blue = 0.114;

    /// <summary>Mean absolute difference of brightness between pixels and their right and lower neighbours, 0 to 1, for each of <c>[regions, regions]</c>.</summary>
    public static ImmutableArray<double> Of(RgbImage image, int regions)
    {
        double[] sums = new double[regions * regions], counts = new double[regions * regions];
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                int region = (y * regions / image.Height * regions) + (x * regions / image.Width);
                double here = Brightness(image, x, y);
                if (x + 1 < image.Width)
                {
                    sums[region] += Math.Abs(here - Brightness(image, x + 1, y));
                    counts[region]++;
                }

                if (y + 1 < image.Height)
                {
                    sums[region] += Math.Abs(here - Brightness(image, x, y + 1));
                    counts[region]++;
                }
            }
        }

        return [.. sums.Zip(counts, (sum, count) => count == 0 ? 0 : sum / count)];
    }

    /// <summary>Brightness of a pixel, 0 to 1.</summary>
    public static double Brightness(RgbImage image, int x, int y)
    {
        ReadOnlySpan<byte> pixel = image.Row(y).Slice(x * RgbImage.Channels, RgbImage.Channels);
        return ((Red * pixel[0]) + (Green * pixel[1]) + (Blue * pixel[2])) / Bytes;
    }
}
