using System.Numerics;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Sheets.Internals;

namespace Karl.Tokenizers.Demonstration.Internals;

/// <summary>Pages of the words of <see cref="TextPage"/> in a random order.</summary>
internal static class TextVariants
{
    private const int MostWords = 60, LeastWords = 15;
    private static readonly string[] Words = [.. TextPage.Text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)];

    public static RgbImage Draw(int seed, int size)
    {
        VariantRandom random = new(seed);
        bool isDark = random.Below(4) == 0;
        RgbColor light = Tinted(random, 0.9f, 1), dark = Tinted(random, 0.02f, 0.2f);
        int capital = Math.Max(3, (int)(size * random.Between(5, 12) / 256)), columns = 1 + random.Below(2), margin = (int)(size * random.Between(0.03f, 0.09f));
        int line = (int)(capital * random.Between(1.5f, 2.1f)), gap = margin, width = (size - (2 * margin) - ((columns - 1) * gap)) / columns;
        RgbImage image = new(size, size);
        Painter.Fill(image, 0, 0, size, size, isDark ? dark : light);
        for (int column = 0; column < columns; column++)
        {
            DrawColumn(image, random, margin + (column * (width + gap)), margin, width, capital, line, isDark ? light : dark);
        }

        return image;
    }

    private static void DrawColumn(RgbImage image, VariantRandom random, int left, int top, int width, int capital, int line, RgbColor ink)
    {
        while (top + line < image.Height)
        {
            string paragraph = string.Join(' ', Enumerable.Range(0, LeastWords + random.Below(MostWords - LeastWords)).Select(_ => Words[random.Below(Words.Length)]));
            foreach (string words in TextPage.Lines(paragraph, capital, width).TakeWhile(_ => top + line < image.Height))
            {
                TextPainter.Draw(image, TextPainter.Fit(words, capital, width), left, top, capital, ink);
                top += line;
            }

            top += line / 2;
        }
    }

    private static RgbColor Tinted(VariantRandom random, float least, float most)
    {
        Vector3 color = 255 * new Vector3(random.Between(least, most), random.Between(least, most), random.Between(least, most));
        return new RgbColor((byte)color.X, (byte)color.Y, (byte)color.Z);
    }
}
