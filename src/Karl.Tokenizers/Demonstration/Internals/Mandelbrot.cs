using System.Numerics;
using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Demonstration.Internals;

/// <summary>A part of the Mandelbrot set where spirals meet.</summary>
internal static class Mandelbrot
{
    private const double CenterX = -0.7436, CenterY = 0.1318, Width = 0.009;
    private const int MostSteps = 700;
    private const double Escape = 256;

    private static readonly Vector3[] Palette =
    [
        Canvas.Color(0x0B1D3A), Canvas.Color(0x1F5F9E), Canvas.Color(0xDDF3F5), Canvas.Color(0xF7B733), Canvas.Color(0x8C2F1B), Canvas.Color(0x2A0E2E),
    ];

    public static RgbImage Draw(int size) => Draw(size, 3, CenterX, CenterY, Width);

    /// <summary>Draws another part, as wide as it is high.</summary>
    public static RgbImage Draw(int size, int samples, double centerX, double centerY, double width) =>
        Canvas.Paint(size, samples, (x, y) => Color(centerX + ((x - 0.5) * width), centerY + ((y - 0.5) * width)));

    private static Vector3 Color(double real, double imaginary)
    {
        double x = 0, y = 0;
        for (int step = 0; step < MostSteps; step++)
        {
            (x, y) = ((x * x) - (y * y) + real, (2 * x * y) + imaginary);
            double square = (x * x) + (y * y);
            if (square > Escape)
            {
                // How far between two steps it escaped makes the bands smooth.
                double smooth = step + 1 - Math.Log2(Math.Log(square) / Math.Log(Escape));
                return Blend((float)(Math.Log(1 + Math.Max(0, smooth - 25)) * 1.35));
            }
        }

        return Vector3.Zero;
    }

    private static Vector3 Blend(float place)
    {
        int index = (int)place;
        float part = place - index;
        return Vector3.Lerp(Palette[index % Palette.Length], Palette[(index + 1) % Palette.Length], part * part * (3 - (2 * part)));
    }
}
