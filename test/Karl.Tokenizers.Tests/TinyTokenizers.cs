using Karl.Testing;
using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Tests;

/// <summary>Loaded tiny models and images for them.</summary>
internal static class TinyTokenizers
{
    public static ImageTokenizer Load(bool quantized = true, bool vae = false, ImageTokenizerOptions? options = null)
    {
        using TemporaryFolder folder = new();
        new TinyModel(quantized, vae).Write(folder["tiny.karl"]);
        return ImageTokenizer.Load(folder["tiny.karl"], options ?? new ImageTokenizerOptions { Threads = 1, AllowSpinning = false });
    }

    /// <summary>Images of various sizes, smooth with some noise, the same for the same seed.</summary>
    public static RgbImage[] Images(int count, int seed = 1)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Image(random))];
    }

    private static RgbImage Image(Random random)
    {
        RgbImage image = new(random.Next(20, 90), random.Next(20, 90));
        double red = random.NextDouble(), green = random.NextDouble(), blue = random.NextDouble();
        for (int y = 0; y < image.Height; y++)
        {
            Span<byte> row = image.Row(y);
            for (int x = 0; x < image.Width; x++)
            {
                double place = (double)x / image.Width, depth = (double)y / image.Height;
                row[x * 3] = (byte)(255 * ((red + place) % 1));
                row[(x * 3) + 1] = (byte)(255 * ((green + depth) % 1));
                row[(x * 3) + 2] = (byte)((200 * ((blue + (place * depth)) % 1)) + random.Next(50));
            }
        }

        return image;
    }
}
