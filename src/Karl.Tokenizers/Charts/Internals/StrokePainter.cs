using System.Numerics;
using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Charts.Internals;

/// <summary>Lines and dots with smooth edges, cut off at a frame.</summary>
internal sealed class StrokePainter(RgbImage image, int left, int top, int right, int bottom)
{
    /// <summary>Draws a straight line with round ends; a dot where both ends are the same.</summary>
    /// <param name="from">One end, in pixels; whole numbers are the middles of pixels.</param>
    /// <param name="to">The other.</param>
    /// <param name="radius">Half the thickness, in pixels.</param>
    /// <param name="color">Colour.</param>
    public void Line(Vector2 from, Vector2 to, float radius, RgbColor color)
    {
        float border = radius + 1;
        int firstX = Math.Max(left, (int)(Math.Min(from.X, to.X) - border)), lastX = Math.Min(right, (int)(Math.Max(from.X, to.X) + border));
        int firstY = Math.Max(top, (int)(Math.Min(from.Y, to.Y) - border)), lastY = Math.Min(bottom, (int)(Math.Max(from.Y, to.Y) + border));
        Vector2 direction = to - from;
        float length = direction.LengthSquared();
        for (int y = firstY; y <= lastY; y++)
        {
            Span<byte> row = image.Row(y);
            for (int x = firstX; x <= lastX; x++)
            {
                Vector2 offset = new Vector2(x, y) - from;
                float place = length == 0 ? 0 : Math.Clamp(Vector2.Dot(offset, direction) / length, 0, 1);
                float coverage = Math.Clamp(radius + 0.5f - (offset - (place * direction)).Length(), 0, 1);
                if (coverage > 0)
                {
                    Blend(row.Slice(x * RgbImage.Channels, RgbImage.Channels), color, coverage);
                }
            }
        }
    }

    /// <summary>Fills a rectangle, edges included.</summary>
    public void Fill(int firstX, int firstY, int lastX, int lastY, RgbColor color, float coverage)
    {
        for (int y = Math.Max(top, firstY); y <= Math.Min(bottom, lastY); y++)
        {
            for (int x = Math.Max(left, firstX); x <= Math.Min(right, lastX); x++)
            {
                Blend(image.Row(y).Slice(x * RgbImage.Channels, RgbImage.Channels), color, coverage);
            }
        }
    }

    private static void Blend(Span<byte> pixel, RgbColor color, float coverage)
    {
        pixel[0] = (byte)(pixel[0] + ((color.Red - pixel[0]) * coverage) + 0.5f);
        pixel[1] = (byte)(pixel[1] + ((color.Green - pixel[1]) * coverage) + 0.5f);
        pixel[2] = (byte)(pixel[2] + ((color.Blue - pixel[2]) * coverage) + 0.5f);
    }
}
