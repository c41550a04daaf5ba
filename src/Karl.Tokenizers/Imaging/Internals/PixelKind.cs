namespace Karl.Tokenizers.Imaging.Internals;

/// <summary>What the channels of a pixel mean.</summary>
internal enum PixelKind
{
    Grey,
    GreyAlpha,
    Rgb,
    RgbAlpha,

    /// <summary>Cyan, magenta, yellow, black; 255 is full ink. Anything after is ignored.</summary>
    Cmyk,
}
