using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers;

public sealed partial class ImageTokenizer
{
    /// <summary>An image as the model sees it: resized and cropped to <see cref="ImageSize"/> squared.</summary>
    /// <param name="image">8-bit RGB of any size.</param>
    public RgbImage Preprocess(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return _preprocessor.Process(image);
    }
}
