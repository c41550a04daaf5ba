using BenchmarkDotNet.Attributes;
using Karl.Tokenizers.Imaging;

namespace Karl.Benchmarks.Library;

/// <summary>What happens to an image file before the model sees it: a JPEG of 1024 x 768 to <c>[3, 256, 256]</c>.</summary>
public class ImagingBenchmarks
{
    private readonly RgbImage _image = SyntheticImages.Picture(1024, 768, seed: 1);
    private readonly ImageDecoder _decoder = new();
    private readonly ImagePreprocessor _preprocessor = new();
    private readonly float[] _planes = new float[3 * 256 * 256];
    private byte[] _jpeg = [];

    /// <summary>Encodes the file once.</summary>
    [GlobalSetup]
    public void Setup() => _jpeg = ImageWriter.EncodeJpeg(_image);

    /// <summary>JPEG to pixels.</summary>
    [Benchmark]
    public RgbImage Decode() => _decoder.Decode(_jpeg);

    /// <summary>Pixels to the network's input: resize, crop, planes.</summary>
    [Benchmark]
    public void ResizeAndCrop() => _preprocessor.Process(_image, _planes);

    /// <summary>Both.</summary>
    [Benchmark(Baseline = true)]
    public void DecodeResizeAndCrop() => _preprocessor.Process(_decoder.Decode(_jpeg), _planes);
}
