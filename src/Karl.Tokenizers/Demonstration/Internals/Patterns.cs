using System.Numerics;
using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Demonstration.Internals;

/// <summary>The simplest pictures, and the least simple.</summary>
internal static class Patterns
{
    private static readonly Vector3 Blue = Canvas.Color(0x3D6F9E);

    public static RgbImage Flat(int size) => Canvas.Paint(size, 1, (_, _) => Blue);

    public static RgbImage Gradient(int size)
    {
        (Vector3 topLeft, Vector3 topRight) = (Canvas.Color(0x2B3A8C), Canvas.Color(0xE8588A));
        (Vector3 bottomLeft, Vector3 bottomRight) = (Canvas.Color(0x22B5A0), Canvas.Color(0xFFD166));
        return Canvas.Paint(size, 1, (x, y) => Vector3.Lerp(Vector3.Lerp(topLeft, topRight, x), Vector3.Lerp(bottomLeft, bottomRight, x), y));
    }

    public static RgbImage Chessboard(int size)
    {
        (Vector3 light, Vector3 dark) = (Canvas.Color(0xF0E4CC), Canvas.Color(0x5B3A29));
        return Canvas.Paint(size, 2, (x, y) => ((int)(x * 8) + (int)(y * 8)) % 2 == 0 ? light : dark);
    }

    public static RgbImage Noise(int size)
    {
        RgbImage image = new(size, size);
        uint state = 0x9E3779B9;
        foreach (ref byte value in image.Pixels.Span)
        {
            // Marsaglia's xorshift.
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            value = (byte)(state >> 24);
        }

        return image;
    }
}
