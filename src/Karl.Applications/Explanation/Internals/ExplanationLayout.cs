namespace Karl.Applications.Explanation.Internals;

/// <summary>Where everything stands on a sheet of an explanation, in pixels.</summary>
internal sealed class ExplanationLayout
{
    public const int Margin = 24, TitleHeight = 15, HeadingHeight = 12, TextHeight = 9;
    private const int Panels = 4, SpaceBetweenPanels = 20, LineDistance = 18, LargeTile = 96, SmallTile = 64, MostLargeTiles = 96, SpaceBetweenTiles = 10, SmallestPanel = 256;
    private readonly int _tiles, _sections;

    /// <summary>Finds a place for all.</summary>
    /// <param name="imageSize">Height and width of the image.</param>
    /// <param name="tiles">Maps in a section, one a token.</param>
    /// <param name="sections">Kinds of maps.</param>
    public ExplanationLayout(int imageSize, int tiles, int sections)
    {
        (_tiles, _sections) = (tiles, sections);
        Factor = Math.Max(1, (SmallestPanel + imageSize - 1) / imageSize);
        Panel = checked(imageSize * Factor);
        Tile = tiles <= MostLargeTiles ? LargeTile : SmallTile;
        Width = checked((2 * Margin) + (Panels * Panel) + ((Panels - 1) * SpaceBetweenPanels));
        Columns = (Width - (2 * Margin) + SpaceBetweenTiles) / (Tile + SpaceBetweenTiles);
    }

    /// <summary>How many pixels of the sheet a pixel of an image in a panel is, across and down.</summary>
    public int Factor { get; }

    /// <summary>Side of a panel.</summary>
    public int Panel { get; }

    /// <summary>Side of a map.</summary>
    public int Tile { get; }

    /// <summary>Maps in a row.</summary>
    public int Columns { get; }

    public int Width { get; }

    public int Height => checked(SectionTop(_sections) + Margin - LineDistance);

    public static int SubtitleTop => Margin + TitleHeight + 11;

    public static int PanelLabelTop => SubtitleTop + (2 * LineDistance);

    public static int PanelTop => PanelLabelTop + LineDistance;

    /// <summary>First of the two lines below a panel.</summary>
    public int NoteTop => PanelTop + Panel + 9;

    public int SecondNoteTop => NoteTop + LineDistance;

    public static int PanelLeft(int panel, int side) => Margin + (panel * (side + SpaceBetweenPanels));

    /// <summary>Where a section's heading stands.</summary>
    public int SectionTop(int section) => checked(SecondNoteTop + (2 * LineDistance) + (section * SectionHeight));

    /// <summary>Where the line below a section's heading stands.</summary>
    public int SectionNoteTop(int section) => SectionTop(section) + HeadingHeight + 8;

    public (int Left, int Top) TilePlace(int section, int index) => (
        Margin + (index % Columns * (Tile + SpaceBetweenTiles)),
        SectionNoteTop(section) + LineDistance + (index / Columns * TileDistance));

    private int TileDistance => Tile + 5 + TextHeight + 12;

    private int SectionHeight => checked(HeadingHeight + 8 + LineDistance + ((_tiles + Columns - 1) / Columns * TileDistance) + LineDistance);
}
