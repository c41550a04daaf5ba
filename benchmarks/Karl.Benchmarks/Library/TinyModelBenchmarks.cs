using BenchmarkDotNet.Attributes;
using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Tokenization;

namespace Karl.Benchmarks.Library;

/// <summary>The whole way with a model so small (32 x 32 pixels) that what is left is the cost of a call.</summary>
public class TinyModelBenchmarks
{
    private readonly RgbImage _image = SyntheticImages.Picture(TinyModel.ImageSize, TinyModel.ImageSize, seed: 1);
    private ImageTokenizer? _tokenizer;
    private TokenSequence? _tokens;

    /// <summary>Writes and loads the model, and tokenizes the image.</summary>
    [GlobalSetup]
    public void Setup()
    {
        using TemporaryFolder folder = new();
        new TinyModel().Write(folder["tiny.karl"]);
        _tokenizer = ImageTokenizer.Load(folder["tiny.karl"], new ImageTokenizerOptions { Threads = 1, AllowSpinning = false });
        _tokens = Encode();
    }

    /// <summary>Lets the model go.</summary>
    [GlobalCleanup]
    public void Cleanup() => _tokenizer?.Dispose();

    /// <summary>Image to tokens.</summary>
    [Benchmark]
    public TokenSequence Encode() => _tokenizer!.Encode(_image);

    /// <summary>Tokens to image.</summary>
    [Benchmark]
    public RgbImage Decode() => _tokenizer!.Decode(_tokens!);
}
