namespace Karl.Tokenizers.Imaging;

/// <summary>How files become <see cref="RgbImage"/>s.</summary>
public sealed record ImageDecoderOptions
{
    /// <summary>What a file may ask for.</summary>
    public ImageLimits Limits { get; init; } = new();

    /// <summary>Turns and mirrors the image as its EXIF orientation asks; on by default.</summary>
    /// <remarks>The original implementation ignores the orientation: switch it off to see exactly the pixels it sees.</remarks>
    public bool ApplyOrientation { get; init; } = true;

    /// <summary>What shines through transparent pixels. By default nothing: alpha is dropped, as PIL's <c>convert("RGB")</c> does.</summary>
    public RgbColor? Background { get; init; }
}
