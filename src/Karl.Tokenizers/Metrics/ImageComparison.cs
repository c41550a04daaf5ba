using System.Globalization;
using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Metrics;

/// <summary>All of <see cref="ImageMetrics"/> for one pair of images.</summary>
/// <param name="MeanAbsoluteError">L1, 0 to 1; smaller is closer.</param>
/// <param name="MeanSquaredError">MSE, 0 to 1; smaller is closer.</param>
/// <param name="StructuralSimilarity">SSIM, -1 to 1; larger is closer.</param>
public sealed record ImageComparison(double MeanAbsoluteError, double MeanSquaredError, double StructuralSimilarity)
{
    /// <summary>PSNR in decibels; larger is closer, infinite where the images are equal.</summary>
    public double PeakSignalToNoiseRatio => ImageMetrics.PeakSignalToNoiseRatio(MeanSquaredError);

    /// <summary>Compares two images of the same size, at least 11 x 11.</summary>
    /// <exception cref="ArgumentException">The sizes differ, or a side is too short.</exception>
    public static ImageComparison Between(RgbImage first, RgbImage second) => new(
        ImageMetrics.MeanAbsoluteError(first, second),
        ImageMetrics.MeanSquaredError(first, second),
        ImageMetrics.StructuralSimilarity(first, second));

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"L1 {MeanAbsoluteError:0.0000}, PSNR {PeakSignalToNoiseRatio:0.00} dB, SSIM {StructuralSimilarity:0.0000}");
}
