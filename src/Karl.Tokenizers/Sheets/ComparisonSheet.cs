using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Sheets.Internals;

namespace Karl.Tokenizers.Sheets;

/// <summary>Draws originals and reconstructions side by side with captions, dark on white, to be looked at as it is.</summary>
public static class ComparisonSheet
{
    private const string OriginalLabel = "original", ReconstructionLabel = "reconstruction";

    /// <summary>Draws one sheet.</summary>
    /// <param name="entries">At least one; all images of one size.</param>
    /// <param name="options">How it looks; null is the defaults.</param>
    /// <exception cref="ArgumentException">There is no entry, sizes differ, or the sheet would be too large for an image.</exception>
    public static RgbImage Draw(IReadOnlyList<SheetEntry> entries, SheetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        options ??= new SheetOptions();
        RequireOneSize(entries);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Columns, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Columns, 16, nameof(options));
        SheetLayout layout = new(entries.Count, entries[0].Reconstruction, options);
        RgbImage sheet = new(layout.Width, layout.Height);
        Painter.Fill(sheet, 0, 0, sheet.Width, sheet.Height, RgbColor.White);
        string title = TextPainter.Fit(options.Title, SheetLayout.TitleHeight, layout.Width - (2 * SheetLayout.Margin));
        TextPainter.Draw(sheet, title, SheetLayout.Margin, SheetLayout.Margin, SheetLayout.TitleHeight, SheetColors.Title);
        for (int column = 0; column < layout.Columns; column++)
        {
            TextPainter.Draw(sheet, OriginalLabel, layout.Left(column), layout.LabelTop, SheetLayout.LabelHeight, SheetColors.Label);
            TextPainter.Draw(sheet, ReconstructionLabel, layout.Left(column) + layout.RightImage, layout.LabelTop, SheetLayout.LabelHeight, SheetColors.Label);
        }

        for (int index = 0; index < entries.Count; index++)
        {
            DrawEntry(sheet, entries[index], layout, layout.Left(index % layout.Columns), layout.Top(index / layout.Columns));
        }

        return sheet;
    }

    private static void DrawEntry(RgbImage sheet, SheetEntry entry, SheetLayout layout, int left, int top)
    {
        if (entry.Original is null)
        {
            DrawPlaceholder(sheet, layout, left, top);
        }
        else
        {
            Painter.Copy(entry.Original, sheet, left, top, layout.Factor);
        }

        Painter.Copy(entry.Reconstruction, sheet, left + layout.RightImage, top, layout.Factor);
        string name = TextPainter.Fit(entry.Name, SheetLayout.NameHeight, layout.CellWidth);
        TextPainter.Draw(sheet, name, left, top + layout.NameTop, SheetLayout.NameHeight, SheetColors.Name);
        for (int detail = 0; detail < entry.Details.Count; detail++)
        {
            int width = layout.CellWidth / entry.Details.Count;
            string text = TextPainter.Fit(entry.Details[detail], SheetLayout.DetailHeight, width);
            TextPainter.Draw(sheet, text, left + (detail * width), top + layout.DetailTop, SheetLayout.DetailHeight, SheetColors.Detail);
        }
    }

    private static void DrawPlaceholder(RgbImage sheet, SheetLayout layout, int left, int top)
    {
        const string text = "original not at hand";
        Painter.Fill(sheet, left, top, layout.ImageWidth, layout.ImageHeight, SheetColors.Placeholder);
        int indent = Math.Max(0, (layout.ImageWidth - TextPainter.Measure(text, SheetLayout.LabelHeight)) / 2);
        TextPainter.Draw(sheet, text, left + indent, top + ((layout.ImageHeight - SheetLayout.LabelHeight) / 2), SheetLayout.LabelHeight, SheetColors.Label);
    }

    private static void RequireOneSize(IReadOnlyList<SheetEntry> entries)
    {
        if (entries.Count == 0)
        {
            throw new ArgumentException("A sheet needs at least one pair of images.", nameof(entries));
        }

        RgbImage first = entries[0].Reconstruction;
        foreach (SheetEntry entry in entries)
        {
            RgbImage? other = new[] { entry.Original, entry.Reconstruction }.FirstOrDefault(image => image is not null && (image.Width != first.Width || image.Height != first.Height));
            if (other is not null)
            {
                throw new ArgumentException($"'{entry.Name}' is {other.Width} x {other.Height}; the others on the sheet are {first.Width} x {first.Height}. Bring them to one size first.", nameof(entries));
            }
        }
    }
}
