using System.Buffers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics.Internals;

namespace Karl.Tokenizers.Metrics;

/// <summary>How far two images of the same size are apart, by the measures of the literature; pixels count from 0 to 1.</summary>
/// <remarks>Planes may hold values outside 0 to 1, as networks give them; NaN in gives NaN out.</remarks>
public static class ImageMetrics
{
    /// <summary>Mean absolute difference (L1), 0 to 1; what KARL's epsilon bounds.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double MeanAbsoluteError(RgbImage first, RgbImage second)
    {
        RequireSameSize(first, second);
        return PixelDifferences.Sum(first.Pixels.Span, second.Pixels.Span).Absolute / (255.0 * first.Pixels.Length);
    }

    /// <summary>Mean absolute difference (L1) of planes of any one shape.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or there are no values.</exception>
    public static double MeanAbsoluteError(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        RequireSameLength(first, second);
        return PixelDifferences.Sum(first, second).Absolute / first.Length;
    }

    /// <summary>Mean squared difference (MSE), 0 to 1.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double MeanSquaredError(RgbImage first, RgbImage second)
    {
        RequireSameSize(first, second);
        return PixelDifferences.Sum(first.Pixels.Span, second.Pixels.Span).Squared / (255.0 * 255.0 * first.Pixels.Length);
    }

    /// <summary>Mean squared difference (MSE) of planes of any one shape.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or there are no values.</exception>
    public static double MeanSquaredError(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        RequireSameLength(first, second);
        return PixelDifferences.Sum(first, second).Squared / first.Length;
    }

    /// <summary>Peak signal-to-noise ratio (PSNR) in decibels, of all channels together: -10 log10(MSE); infinite where the images are equal.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double PeakSignalToNoiseRatio(RgbImage first, RgbImage second) => PeakSignalToNoiseRatio(MeanSquaredError(first, second));

    /// <summary>Peak signal-to-noise ratio (PSNR) in decibels of planes of any one shape.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or there are no values.</exception>
    public static double PeakSignalToNoiseRatio(ReadOnlySpan<float> first, ReadOnlySpan<float> second) => PeakSignalToNoiseRatio(MeanSquaredError(first, second));

    /// <summary>Structural similarity (SSIM) as Wang, Bovik, Sheikh and Simoncelli (2004) define it, -1 to 1; 1 where the images are equal.</summary>
    /// <remarks>
    /// Gaussian window of 11 x 11 with a deviation of 1.5 whose weights sum to 1 (so variances are not corrected for the sample), K1 = 0.01, K2 = 0.03, data range 1;
    /// the mean over all places where the window lies inside the image, and over the three channels.
    /// </remarks>
    /// <exception cref="ArgumentException">The sizes differ, or a side is shorter than the window.</exception>
    public static double StructuralSimilarity(RgbImage first, RgbImage second)
    {
        RequireSameSize(first, second);
        int length = first.Pixels.Length;
        float[] planes = ArrayPool<float>.Shared.Rent(2 * length);
        try
        {
            PlanarPixels.FromImage(first, planes.AsSpan(0, length));
            PlanarPixels.FromImage(second, planes.AsSpan(length, length));
            return StructuralSimilarity(planes.AsSpan(0, length), planes.AsSpan(length, length), first.Width, first.Height);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(planes);
        }
    }

    /// <summary>Structural similarity (SSIM) of planes.</summary>
    /// <param name="first"><c>[channels, height, width]</c>, 0 to 1.</param>
    /// <param name="second">The same shape.</param>
    /// <param name="width">Width in pixels, at least 11.</param>
    /// <param name="height">Height in pixels, at least 11.</param>
    /// <inheritdoc cref="StructuralSimilarity(RgbImage, RgbImage)"/>
    public static double StructuralSimilarity(ReadOnlySpan<float> first, ReadOnlySpan<float> second, int width, int height)
    {
        RequireSameLength(first, second);
        if (width < GaussianWindow.Length || height < GaussianWindow.Length)
        {
            throw new ArgumentException($"Images of {width} x {height} were given; SSIM's window needs at least {GaussianWindow.Length} x {GaussianWindow.Length}.");
        }

        int plane = checked(width * height);
        if (first.Length % plane != 0)
        {
            throw new ArgumentException($"There are {first.Length} values; a multiple of {width} x {height} = {plane} was expected.", nameof(first));
        }

        double sum = 0;
        for (int start = 0; start < first.Length; start += plane)
        {
            sum += PlaneSimilarity.Mean(first.Slice(start, plane), second.Slice(start, plane), width, height);
        }

        return sum / (first.Length / plane);
    }

    internal static double PeakSignalToNoiseRatio(double meanSquaredError) => meanSquaredError == 0 ? double.PositiveInfinity : -10 * Math.Log10(meanSquaredError);

    private static void RequireSameSize(RgbImage first, RgbImage second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Width != second.Width || first.Height != second.Height)
        {
            throw new ArgumentException($"The images are {first.Width} x {first.Height} and {second.Width} x {second.Height}; only images of the same size can be compared. Resize one first.");
        }
    }

    private static void RequireSameLength(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        if (first.Length != second.Length || first.IsEmpty)
        {
            throw new ArgumentException($"There are {first.Length} and {second.Length} values; equally many, at least one, were expected.");
        }
    }
}
