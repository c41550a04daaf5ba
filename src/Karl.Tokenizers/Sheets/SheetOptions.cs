namespace Karl.Tokenizers.Sheets;

/// <summary>How a sheet looks.</summary>
public sealed record SheetOptions
{
    /// <summary>A line above everything; empty for none.</summary>
    public string Title { get; init; } = string.Empty;

    /// <summary>Pairs beside one another, 1 to 16; a sheet with fewer pairs is narrower.</summary>
    public int Columns { get; init; } = 3;

    /// <summary>Side of an image on the sheet that it should at least have, in pixels; smaller ones are enlarged by a whole factor without smoothing.</summary>
    public int SmallestSide { get; init; } = 192;
}
