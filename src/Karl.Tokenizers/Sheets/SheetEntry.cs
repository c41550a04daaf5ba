using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Sheets;

/// <summary>One pair on a sheet.</summary>
/// <param name="Original">What was tokenized; null where it is not at hand, and the sheet then says so in its place.</param>
/// <param name="Reconstruction">What came back.</param>
/// <param name="Name">First line of the caption; its middle is left out where it is too long.</param>
/// <param name="Details">Second line of the caption: short texts, each at its own place, so that they stand in columns over the whole sheet.</param>
public sealed record SheetEntry(RgbImage? Original, RgbImage Reconstruction, string Name, params IReadOnlyList<string> Details);
