using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Sheets.Internals;

/// <summary>Where everything stands on a sheet, in pixels.</summary>
internal sealed class SheetLayout
{
    public const int Margin = 24;
    public const int TitleHeight = 13;
    public const int LabelHeight = 10;
    public const int NameHeight = 10;
    public const int DetailHeight = 10;
    private const int SpaceBelowTitle = 20;
    private const int SpaceBelowLabels = 8;
    private const int SpaceBelowImages = 11;
    private const int LineDistance = 20;
    private const int SpaceBelowRow = 30;
    private const int SpaceBetweenColumns = 32;
    private const int SpaceInPair = 6;
    private const int NarrowestCell = 400;

    private readonly bool _hasTitle;
    private readonly int _rows;

    public SheetLayout(int entries, RgbImage image, SheetOptions options)
    {
        _hasTitle = options.Title.Length > 0;
        Factor = Math.Max(1, (int)Math.Ceiling((double)options.SmallestSide / Math.Min(image.Width, image.Height)));
        ImageWidth = checked(image.Width * Factor);
        ImageHeight = checked(image.Height * Factor);
        Columns = Math.Min(options.Columns, entries);
        _rows = (entries + Columns - 1) / Columns;
    }

    /// <summary>How many pixels of the sheet a pixel of an image is, across and down.</summary>
    public int Factor { get; }

    public int ImageWidth { get; }

    public int ImageHeight { get; }

    public int Columns { get; }

    /// <summary>Where the right image of a pair begins, from the left edge of the pair.</summary>
    public int RightImage => ImageWidth + SpaceInPair;

    public int CellWidth => Math.Max(NarrowestCell, RightImage + ImageWidth);

    public int LabelTop => Margin + (_hasTitle ? TitleHeight + SpaceBelowTitle : 0);

    /// <summary>Top of the caption's first line, from the top of the pair.</summary>
    public int NameTop => ImageHeight + SpaceBelowImages;

    /// <summary>Top of the caption's second line, from the top of the pair.</summary>
    public int DetailTop => NameTop + LineDistance;

    public int Width => checked((2 * Margin) + (Columns * CellWidth) + ((Columns - 1) * SpaceBetweenColumns));

    public int Height => checked(Top(_rows - 1) + DetailTop + DetailHeight + Margin);

    public int Left(int column) => Margin + (column * (CellWidth + SpaceBetweenColumns));

    public int Top(int row) => checked(LabelTop + LabelHeight + SpaceBelowLabels + (row * (DetailTop + DetailHeight + SpaceBelowRow)));
}
