using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Sheets.Internals;

/// <summary>The few greys of a sheet.</summary>
internal static class SheetColors
{
    public static readonly RgbColor Title = new(17, 17, 17);
    public static readonly RgbColor Name = new(25, 25, 25);
    public static readonly RgbColor Detail = new(70, 70, 70);
    public static readonly RgbColor Label = new(115, 115, 115);
    public static readonly RgbColor Placeholder = new(238, 238, 238);
}
