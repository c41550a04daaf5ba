using BenchmarkDotNet.Attributes;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;

namespace Karl.Benchmarks.Library;

/// <summary>Comparing two images of 256 x 256.</summary>
public class MetricsBenchmarks
{
    private readonly RgbImage _first = SyntheticImages.Picture(256, 256, seed: 1);
    private readonly RgbImage _second = SyntheticImages.Picture(256, 256, seed: 2);

    /// <summary>SSIM.</summary>
    [Benchmark]
    public double StructuralSimilarity() => ImageMetrics.StructuralSimilarity(_first, _second);

    /// <summary>L1.</summary>
    [Benchmark]
    public double MeanAbsoluteError() => ImageMetrics.MeanAbsoluteError(_first, _second);
}
