namespace Karl.Tokenizers.Imaging;

/// <summary>Filters of a resize; both widen with the scale when shrinking (antialiasing), as PIL's do.</summary>
public enum Resampling
{
    /// <summary>Cubic with a = -0.5, reaching two pixels: what KARL and ALIT were evaluated with.</summary>
    Bicubic,

    /// <summary>Triangle reaching one pixel: what the scripts of One-D-Piece use.</summary>
    Bilinear,
}
