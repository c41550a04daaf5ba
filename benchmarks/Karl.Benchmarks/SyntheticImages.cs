using Karl.Tokenizers.Imaging;

namespace Karl.Benchmarks;

/// <summary>Pictures made from a seed, with smooth areas, edges and noise, so that they cost about what photos cost to encode and decode.</summary>
internal static class SyntheticImages
{
    /// <summary>One picture; the same seed gives the same.</summary>
    public static RgbImage Picture(int width, int height, int seed)
    {
        Random random = new(seed);
        double waves = 3 + (9 * random.NextDouble()), phase = random.NextDouble(), edge = width * random.NextDouble();
        RgbImage image = new(width, height);
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = image.Row(y);
            for (int x = 0; x < width; x++)
            {
                double wave = Math.Sin((waves * x / width) + (2 * Math.PI * phase)) * Math.Cos(waves * y / height);
                double value = 110 + (70 * wave) + (x + (y / 2) > edge ? 40 : 0);
                row[x * 3] = Pixel(value + random.Next(24));
                row[(x * 3) + 1] = Pixel((value * y / height) + random.Next(24));
                row[(x * 3) + 2] = Pixel(255 - value + random.Next(24));
            }
        }

        return image;
    }

    private static byte Pixel(double value) => (byte)Math.Clamp(value, 0, 255);
}
