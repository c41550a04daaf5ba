using System.Text.Json;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;

namespace Karl.Serving.Internals.Images;

/// <summary>How far a reconstruction is from what the model saw.</summary>
/// <param name="Error">Mean absolute difference of what the decoder gave, before it was clamped and made bytes: what epsilon means.</param>
/// <param name="Bytes">The measures of the literature, on 8-bit images; null where they are too small.</param>
internal sealed record Distances(double Error, ImageComparison? Bytes)
{
    private const int SmallestComparable = 11, Digits = 5;

    public static Distances Between(float[] pixels, float[] decoded, RgbImage original, RgbImage reconstruction) => new(
        Math.Round(ImageMetrics.MeanAbsoluteError(pixels, decoded), Digits),
        original.Width < SmallestComparable ? null : ImageComparison.Between(original, reconstruction));

    /// <summary>Adds <c>psnr</c> and <c>ssim</c> where they are known; no PSNR where the images are equal.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        if (Bytes is null)
        {
            return;
        }

        if (double.IsFinite(Bytes.PeakSignalToNoiseRatio))
        {
            json.WriteNumber("psnr", Math.Round(Bytes.PeakSignalToNoiseRatio, Digits));
        }

        json.WriteNumber("ssim", Math.Round(Bytes.StructuralSimilarity, Digits));
    }
}
