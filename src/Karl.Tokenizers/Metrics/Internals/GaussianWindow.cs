namespace Karl.Tokenizers.Metrics.Internals;

/// <summary>One side of SSIM's window: 11 weights of a Gaussian with deviation 1.5 that sum to 1. The window is their outer product.</summary>
internal static class GaussianWindow
{
    public const int Length = 11;
    private const double Deviation = 1.5;
    private static readonly double[] Values = Create();

    public static ReadOnlySpan<double> Weights => Values;

    private static double[] Create()
    {
        double[] weights = [.. Enumerable.Range(0, Length).Select(place => Math.Exp(-Math.Pow(place - (Length / 2), 2) / (2 * Deviation * Deviation)))];
        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }
}
