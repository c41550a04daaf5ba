using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Sheets.Internals;

namespace Karl.Applications.Compression.Internals;

/// <summary>One row of a sheet: images of one size beside one another, each with a line of its own below, and a name.</summary>
internal sealed record Strip(string Name, IReadOnlyList<(RgbImage Image, string Caption)> Images);

/// <summary>Draws rows of images under headings, two rows beside each other, dark on white.</summary>
internal static class StripSheet
{
    private const int Margin = 24, TitleHeight = 13, LabelHeight = 10, Gap = 8, BetweenStrips = 36, LineDistance = 18, SmallestSide = 152, StripsAcross = 2;

    /// <summary>Draws one sheet.</summary>
    /// <param name="title">A line above everything.</param>
    /// <param name="headings">What stands above the images of a strip, in their order.</param>
    /// <param name="strips">At least one; all images of one size.</param>
    public static RgbImage Draw(string title, IReadOnlyList<string> headings, IReadOnlyList<Strip> strips)
    {
        RgbImage first = strips[0].Images[0].Image;
        int factor = Math.Max(1, (int)Math.Ceiling((double)SmallestSide / first.Width)), side = first.Width * factor, high = first.Height * factor;
        int across = Math.Min(StripsAcross, strips.Count), width = (headings.Count * (side + Gap)) - Gap, height = high + Gap + (2 * LineDistance) + Gap;
        int top = Margin + TitleHeight + 20 + LabelHeight + Gap;
        RgbImage sheet = new((2 * Margin) + (across * width) + ((across - 1) * BetweenStrips), top + ((strips.Count + across - 1) / across * (height + Gap)) + Margin - Gap);
        Painter.Fill(sheet, 0, 0, sheet.Width, sheet.Height, RgbColor.White);
        TextPainter.Draw(sheet, TextPainter.Fit(title, TitleHeight, sheet.Width - (2 * Margin)), Margin, Margin, TitleHeight, SheetColors.Title);
        for (int index = 0; index < strips.Count; index++)
        {
            int left = Margin + (index % across * (width + BetweenStrips)), y = top + (index / across * (height + Gap));
            for (int place = 0; place < headings.Count; place++)
            {
                int x = left + (place * (side + Gap));
                if (index < across)
                {
                    TextPainter.Draw(sheet, TextPainter.Fit(headings[place], LabelHeight, side), x, top - LabelHeight - Gap, LabelHeight, SheetColors.Label);
                }

                (RgbImage image, string caption) = strips[index].Images[place];
                Painter.Copy(image, sheet, x, y, factor);
                TextPainter.Draw(sheet, TextPainter.Fit(caption, LabelHeight, side), x, y + high + Gap, LabelHeight, SheetColors.Detail);
            }

            TextPainter.Draw(sheet, TextPainter.Fit(strips[index].Name, LabelHeight, width), left, y + high + Gap + LineDistance, LabelHeight, SheetColors.Name);
        }

        return sheet;
    }
}
