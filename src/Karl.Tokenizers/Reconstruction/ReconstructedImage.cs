using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.Reconstruction;

/// <summary>What came back from an image's tokens, and how it compares with the original.</summary>
/// <param name="Path">The image file, as its tokens name it.</param>
/// <param name="Tokens">Its tokens; null where it could not be read when it was tokenized.</param>
/// <param name="Reconstruction">The image from the tokens, of the model's size; null exactly where there are no tokens.</param>
/// <param name="Original">The original, resized and cropped as the model saw it; null where it is not at hand.</param>
/// <param name="Comparison">How far the two are apart, as 8-bit images; null where it is not known.</param>
/// <param name="Problem">Why there is no reconstruction or no comparison; null where both are there.</param>
public sealed record ReconstructedImage(
    string Path, TokenSequence? Tokens, RgbImage? Reconstruction, RgbImage? Original, ImageComparison? Comparison, string? Problem);
