namespace Karl.Tokenizers.Imaging;

/// <summary>How images are brought to the square that a tokenizer sees.</summary>
public sealed record ImagePreprocessorOptions
{
    /// <summary>Side of the square in pixels, 256 for all published models.</summary>
    public int Size { get; init; } = 256;

    /// <summary>Resize and crop, or crop only.</summary>
    public ImageFit Fit { get; init; } = ImageFit.ResizeAndCrop;

    /// <summary>Filter of the resize.</summary>
    public Resampling Resampling { get; init; } = Resampling.Bicubic;
}
