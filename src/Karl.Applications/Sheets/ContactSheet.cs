using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Sheets.Internals;

namespace Karl.Applications.Sheets;

/// <summary>Draws many images with lines of text under each, dark on white, row after row, to be looked at as it is.</summary>
public static class ContactSheet
{
    private const int Margin = 24, TitleHeight = 13, SpaceBelowTitle = 20, TextHeight = 9, LineDistance = 17, SpaceBelowImage = 9, SpaceBelowRow = 20, SpaceBetween = 20, SpaceInEntry = 4;
    private const int MostColumns = 64, MostEntries = 10_000, NarrowestCell = 112;
    private static readonly RgbColor Title = new(17, 17, 17);
    private static readonly RgbColor First = new(25, 25, 25);
    private static readonly RgbColor Other = new(90, 90, 90);

    /// <summary>Draws one sheet.</summary>
    /// <param name="entries">1 to 10,000; all images of one size, as many in each entry.</param>
    /// <param name="title">A line above everything; empty for none.</param>
    /// <param name="columns">Entries beside one another, 1 to 64; a sheet with fewer is narrower.</param>
    /// <param name="smallestSide">Side that an image should at least have, in pixels; smaller ones are enlarged by a whole factor without smoothing.</param>
    /// <exception cref="ArgumentException">There is no entry, sizes or counts differ, or the sheet would be too large for an image.</exception>
    public static RgbImage Draw(IReadOnlyList<ContactSheetEntry> entries, string title = "", int columns = 8, int smallestSide = 112)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(title);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, MostColumns);
        RequireAlike(entries);
        RgbImage first = entries[0].Images[0];
        int factor = Math.Max(1, (smallestSide + Math.Min(first.Width, first.Height) - 1) / Math.Min(first.Width, first.Height));
        int across = first.Width * factor, images = entries[0].Images.Count, lines = entries.Max(entry => entry.Lines.Count);
        int cell = Math.Max(NarrowestCell, (images * across) + ((images - 1) * SpaceInEntry));
        int row = (first.Height * factor) + SpaceBelowImage + (lines * LineDistance) + SpaceBelowRow;
        columns = Math.Min(columns, entries.Count);
        int top = Margin + (title.Length > 0 ? TitleHeight + SpaceBelowTitle : 0);
        RgbImage sheet = new(
            checked((2 * Margin) + (columns * (cell + SpaceBetween)) - SpaceBetween), checked(top + (((entries.Count + columns - 1) / columns) * row) - SpaceBelowRow + Margin));
        Painter.Fill(sheet, 0, 0, sheet.Width, sheet.Height, RgbColor.White);
        TextPainter.Draw(sheet, TextPainter.Fit(title, TitleHeight, sheet.Width - (2 * Margin)), Margin, Margin, TitleHeight, Title);
        for (int index = 0; index < entries.Count; index++)
        {
            int left = Margin + (index % columns * (cell + SpaceBetween)), at = top + (index / columns * row);
            for (int image = 0; image < images; image++)
            {
                Painter.Copy(entries[index].Images[image], sheet, left + (image * (across + SpaceInEntry)), at, factor);
            }

            at += (first.Height * factor) + SpaceBelowImage;
            for (int line = 0; line < entries[index].Lines.Count; line++)
            {
                string text = TextPainter.Fit(entries[index].Lines[line], TextHeight, cell);
                TextPainter.Draw(sheet, text, left, at + (line * LineDistance), TextHeight, line == 0 ? First : Other);
            }
        }

        return sheet;
    }

    /// <summary>At most so many of a row of things, spread evenly over it, its first and last among them.</summary>
    internal static IReadOnlyList<T> Spread<T>(IReadOnlyList<T> all, int most) =>
        all.Count <= most ? all : [.. Enumerable.Range(0, most).Select(index => all[(int)((long)index * (all.Count - 1) / Math.Max(1, most - 1))])];

    private static void RequireAlike(IReadOnlyList<ContactSheetEntry> entries)
    {
        if (entries.Count is 0 or > MostEntries || entries[0].Images.Count == 0)
        {
            throw new ArgumentException($"A sheet of {entries.Count} entries was asked for; 1 to {MostEntries}, each with an image, were expected.", nameof(entries));
        }

        RgbImage first = entries[0].Images[0];
        foreach (ContactSheetEntry entry in entries)
        {
            if (entry.Images.Count != entries[0].Images.Count || entry.Images.Any(image => image.Width != first.Width || image.Height != first.Height))
            {
                throw new ArgumentException($"An entry differs from the first in size or number of images; {entries[0].Images.Count} of {first.Width} x {first.Height} were expected.", nameof(entries));
            }
        }
    }
}

/// <summary>One place on a sheet.</summary>
/// <param name="Images">At least one, shown beside one another.</param>
/// <param name="Lines">Texts under them; the middle of one that is too long is left out.</param>
public sealed record ContactSheetEntry(IReadOnlyList<RgbImage> Images, params IReadOnlyList<string> Lines);
