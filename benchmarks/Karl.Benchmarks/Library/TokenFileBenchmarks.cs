using BenchmarkDotNet.Attributes;
using Karl.Tokenizers.TokenFiles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Benchmarks.Library;

/// <summary>Token sequences of 256 codes: making one from values that are not trusted, and as lines of JSON.</summary>
public class TokenFileBenchmarks
{
    private const int Budget = 256;
    private const int CodebookSize = 4096;
    private readonly int[] _positions = [.. Enumerable.Range(0, Budget)];
    private readonly int[] _codes = [.. Enumerable.Range(0, Budget).Select(index => index * 997 % CodebookSize)];
    private TokenLine _line = new("image.jpg", null, "not made yet", null, 0);
    private string _text = string.Empty;

    /// <summary>Makes a sequence and its line once.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _line = new TokenLine("images/0001.jpg", CheckedSequence(), null, "0123456789abcdef", 1234.5);
        _text = _line.ToString();
    }

    /// <summary>Checks values and wraps them.</summary>
    [Benchmark]
    public TokenSequence CheckedSequence() => TokenSequence.FromCodes(_positions, _codes, CodebookSize, Budget, 0.05f);

    /// <summary>Sequence to text.</summary>
    [Benchmark]
    public string WriteLine() => _line.ToString();

    /// <summary>Text to sequence.</summary>
    [Benchmark]
    public TokenLine ReadLine() => TokenLine.Parse(_text);
}
