using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;

namespace Karl.Applications.Compression;

/// <summary>What became of one image that was compressed.</summary>
/// <param name="Path">The path as it was given.</param>
/// <param name="Problem">Why it is not in the archive; null where it is.</param>
/// <param name="Tokens">Tokens kept.</param>
/// <param name="Entry">Where it is in the archive; null where it is not.</param>
/// <param name="PlainBits">What its tokens would take without entropy coding: log2(codebook) for a code (32 for each number of a latent), and one for each position of the budget.</param>
/// <param name="IdealBits">What a perfect coder would take under the same probabilities: the cross-entropy of the tokens under the model of them.</param>
/// <param name="Comparison">What came back beside what the model saw; null where they were not compared.</param>
/// <param name="Jpeg">The same as JPEG; null where they were not compared.</param>
/// <param name="WebP">The same as WebP; null where they were not compared.</param>
public sealed record ComparedImage(
    string Path, string? Problem, int Tokens, TokenArchiveEntry? Entry, double PlainBits, double IdealBits, ImageComparison? Comparison, RivalResult? Jpeg, RivalResult? WebP)
{
    /// <summary>What the model saw; null where it was not asked for.</summary>
    public RgbImage? Original { get; init; }

    /// <summary>What came back from the archive; null where it was not asked for.</summary>
    public RgbImage? Reconstruction { get; init; }
}
