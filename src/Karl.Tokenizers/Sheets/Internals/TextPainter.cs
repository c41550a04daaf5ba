using System.Numerics;
using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Sheets.Internals;

/// <summary>Draws lines of text with smooth edges. Characters begin at whole pixels, so that the same one always looks the same.</summary>
internal static class TextPainter
{
    private const string Ellipsis = "...";

    /// <summary>Width of a text in pixels, where capitals are <paramref name="capitalHeight"/> pixels high.</summary>
    public static int Measure(ReadOnlySpan<char> text, int capitalHeight)
    {
        int width = 0;
        foreach (char character in text)
        {
            width += Advance(StrokeFont.Of(character), capitalHeight);
        }

        return width;
    }

    /// <summary>The text, or its beginning and end with dots between them, so that it is at most <paramref name="width"/> pixels wide.</summary>
    public static string Fit(string text, int capitalHeight, int width)
    {
        if (Measure(text, capitalHeight) <= width)
        {
            return text;
        }

        // Texts that do not fit are cut to a length that cannot fit first, so that a hostile one costs nothing.
        int longest = Math.Min(text.Length, width);
        for (int kept = longest; kept > 0; kept--)
        {
            int head = kept / 2, tail = kept - head;
            string shorter = string.Concat(text.AsSpan(0, head), Ellipsis, text.AsSpan(text.Length - tail));
            if (Measure(shorter, capitalHeight) <= width)
            {
                return shorter;
            }
        }

        return string.Empty;
    }

    /// <summary>Draws a line of text; what reaches over the image's edges is cut off.</summary>
    /// <param name="image">What to draw on.</param>
    /// <param name="text">Printable ASCII; other characters become boxes.</param>
    /// <param name="left">Where the first character begins, in pixels.</param>
    /// <param name="top">Where the capitals begin, in pixels.</param>
    /// <param name="capitalHeight">Height of a capital in pixels; multiples of 3 are sharpest.</param>
    /// <param name="color">Colour of the text.</param>
    public static void Draw(RgbImage image, ReadOnlySpan<char> text, int left, int top, int capitalHeight, RgbColor color)
    {
        float scale = Scale(capitalHeight);
        foreach (char character in text)
        {
            Glyph glyph = StrokeFont.Of(character);
            DrawGlyph(image, glyph, left, top, scale, color);
            left += Advance(glyph, capitalHeight);
        }
    }

    private static float Scale(int capitalHeight) => (capitalHeight - 1) / StrokeFont.CapitalHeight;

    private static int Advance(Glyph glyph, int capitalHeight) => (int)MathF.Round((glyph.Width + StrokeFont.Spacing) * Scale(capitalHeight));

    private static void DrawGlyph(RgbImage image, Glyph glyph, int left, int top, float scale, RgbColor color)
    {
        float radius = MathF.Max(0.6f, StrokeFont.Thickness * scale / 2);
        int border = (int)MathF.Ceiling(radius + 1);
        int firstX = Math.Max(0, left - border), lastX = Math.Min(image.Width - 1, left + (int)(glyph.Width * scale) + border);
        int firstY = Math.Max(0, top - border - (int)(StrokeFont.Above * scale));
        int lastY = Math.Min(image.Height - 1, top + (int)((StrokeFont.CapitalHeight + StrokeFont.Below) * scale) + border);
        for (int y = firstY; y <= lastY; y++)
        {
            Span<byte> row = image.Row(y);
            for (int x = firstX; x <= lastX; x++)
            {
                float distance = Distance(glyph, new Vector2(x - left, y - top) / scale) * scale;
                float coverage = Math.Clamp(radius + 0.5f - distance, 0, 1);
                if (coverage > 0)
                {
                    Blend(row.Slice(x * RgbImage.Channels, RgbImage.Channels), color, coverage);
                }
            }
        }
    }

    private static float Distance(Glyph glyph, Vector2 point)
    {
        float nearest = float.MaxValue;
        foreach (Segment segment in glyph.Segments)
        {
            Vector2 direction = segment.To - segment.From, offset = point - segment.From;
            float length = direction.LengthSquared();
            float place = length == 0 ? 0 : Math.Clamp(Vector2.Dot(offset, direction) / length, 0, 1);
            nearest = Math.Min(nearest, (offset - (place * direction)).LengthSquared());
        }

        return MathF.Sqrt(nearest);
    }

    private static void Blend(Span<byte> pixel, RgbColor color, float coverage)
    {
        pixel[0] = (byte)(pixel[0] + ((color.Red - pixel[0]) * coverage));
        pixel[1] = (byte)(pixel[1] + ((color.Green - pixel[1]) * coverage));
        pixel[2] = (byte)(pixel[2] + ((color.Blue - pixel[2]) * coverage));
    }
}
