using Karl.Tokenizers.Imaging;

namespace Karl.Applications.Curation.Internals;

/// <summary>Mean colours of at most 8 x 8 blocks of an image, which tell that two images differ too much without reading them again.</summary>
internal static class BlockMeans
{
    private const int MostBlocks = 8;

    /// <summary>Means are rounded, so that each may be half a step off.</summary>
    private const double Rounding = 1 / 255.0;

    /// <summary>Red, green and blue of each block, <c>[blocks, blocks, 3]</c>.</summary>
    /// <param name="image">A square.</param>
    public static byte[] Of(RgbImage image)
    {
        int blocks = Enumerable.Range(1, MostBlocks).Last(number => image.Width % number == 0), side = image.Width / blocks;
        int[] sums = new int[blocks * blocks * RgbImage.Channels];
        for (int y = 0; y < image.Height; y++)
        {
            ReadOnlySpan<byte> row = image.Row(y);
            for (int index = 0; index < row.Length; index++)
            {
                sums[(((y / side * blocks) + (index / RgbImage.Channels / side)) * RgbImage.Channels) + (index % RgbImage.Channels)] += row[index];
            }
        }

        return [.. sums.Select(sum => (byte)((sum + (side * side / 2)) / (side * side)))];
    }

    /// <summary>What the mean absolute difference of the images' pixels, 0 to 1, is at least: a mean of differences is never below the difference of the means.</summary>
    public static double LeastDifference(byte[] first, byte[] second)
    {
        int sum = 0;
        for (int index = 0; index < first.Length; index++)
        {
            sum += Math.Abs(first[index] - second[index]);
        }

        return (sum / (255.0 * first.Length)) - Rounding;
    }
}
