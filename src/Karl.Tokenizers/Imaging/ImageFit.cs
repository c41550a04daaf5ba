namespace Karl.Tokenizers.Imaging;

/// <summary>How an image of any size becomes a square.</summary>
public enum ImageFit
{
    /// <summary>The shorter side is resized to the square's, then the centre is cut out.</summary>
    ResizeAndCrop,

    /// <summary>The centre is cut out without resizing; an image smaller than the square is surrounded by black. The original evaluates whole datasets so.</summary>
    CropOnly,
}
