using System.Numerics;
using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Demonstration.Internals;

/// <summary>Pictures as functions of the place.</summary>
internal static class Canvas
{
    /// <summary>Asks for a colour at several places of each pixel, and takes the mean.</summary>
    /// <param name="size">Height and width in pixels.</param>
    /// <param name="samples">Places across and down a pixel; more gives smoother edges.</param>
    /// <param name="color">Red, green and blue, 0 to 1, at x and y, 0 to 1 from the left and the top. Called from several threads.</param>
    public static RgbImage Paint(int size, int samples, Func<float, float, Vector3> color)
    {
        RgbImage image = new(size, size);
        float step = 1f / (size * samples);
        Parallel.For(0, size, y =>
        {
            Span<byte> row = image.Row(y);
            for (int x = 0; x < size; x++)
            {
                Vector3 sum = Vector3.Zero;
                for (int sample = 0; sample < samples * samples; sample++)
                {
                    float column = (x * samples) + (sample % samples) + 0.5f, line = (y * samples) + (sample / samples) + 0.5f;
                    sum += Vector3.Clamp(color(column * step, line * step), Vector3.Zero, Vector3.One);
                }

                Vector3 mean = sum * (255f / (samples * samples));
                (row[x * 3], row[(x * 3) + 1], row[(x * 3) + 2]) = (Round(mean.X), Round(mean.Y), Round(mean.Z));
            }
        });
        return image;
    }

    /// <summary>A colour as designers write it.</summary>
    /// <param name="rgb">0xRRGGBB.</param>
    public static Vector3 Color(int rgb) => new Vector3(rgb >> 16, (rgb >> 8) & 255, rgb & 255) / 255f;

    private static byte Round(float value) => (byte)(value + 0.5f);
}
