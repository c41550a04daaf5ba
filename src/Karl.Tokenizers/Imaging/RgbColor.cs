namespace Karl.Tokenizers.Imaging;

/// <summary>An 8-bit colour, each part 0 to 255.</summary>
/// <param name="Red">Red, 0 to 255.</param>
/// <param name="Green">Green, 0 to 255.</param>
/// <param name="Blue">Blue, 0 to 255.</param>
public readonly record struct RgbColor(byte Red, byte Green, byte Blue)
{
    /// <summary>Black: 0, 0, 0.</summary>
    public static RgbColor Black => default;

    /// <summary>White: 255, 255, 255.</summary>
    public static RgbColor White => new(255, 255, 255);
}
