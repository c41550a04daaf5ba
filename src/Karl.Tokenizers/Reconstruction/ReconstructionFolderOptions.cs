namespace Karl.Tokenizers.Reconstruction;

/// <summary>What is written into a folder of reconstructions besides the images.</summary>
public sealed record ReconstructionFolderOptions
{
    /// <summary>How many images are shown on sheets, the first ones; 0 for none.</summary>
    public int SheetImages { get; init; } = 48;

    /// <summary>How many are shown on one sheet, 1 to 64; more sheets follow.</summary>
    public int ImagesPerSheet { get; init; } = 12;

    /// <summary>What sheets are called; epsilon and budget are added where they are the same for all on the sheet.</summary>
    public string Title { get; init; } = string.Empty;
}
