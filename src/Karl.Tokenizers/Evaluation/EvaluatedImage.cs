using System.Collections.Immutable;
using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.Evaluation;

/// <summary>What became of one image.</summary>
/// <param name="Path">The path as it was given.</param>
/// <param name="Problem">Why it could not be read; null where it could.</param>
/// <param name="JpegBytes">Size of the pixels that the model saw as a JPEG of quality 75; 0 where it could not be read.</param>
/// <param name="Results">One for each setting, in their order; empty where it could not be read.</param>
public sealed record EvaluatedImage(string Path, string? Problem, int JpegBytes, ImmutableArray<EvaluationResult> Results);

/// <summary>One image under one setting.</summary>
/// <param name="Tokens">Tokens that were kept.</param>
/// <param name="Bits">What they take, without their positions: see <see cref="Tokenization.TokenSequence.Bits"/>.</param>
/// <param name="Runs">How often encoder and decoder were run for tokens and reconstruction together.</param>
/// <param name="Error">Mean absolute difference of what the decoder gives, neither clamped nor rounded, and what the model saw: what an epsilon asks for.</param>
/// <param name="Reconstruction">The image that came back, truncated to 8 bits, beside what the model saw.</param>
/// <param name="Thumbnail">A thumbnail of as many bytes, enlarged, beside the same.</param>
/// <param name="Metrics">What each of <see cref="EvaluationOptions.Metrics"/> says of the reconstruction, in their order; not a number for those that compare all images together.</param>
/// <param name="Milliseconds">What tokens and reconstruction took, the image's share of the time of its batch.</param>
public sealed record EvaluationResult(
    int Tokens, double Bits, ModelRuns Runs, double Error, ImageComparison Reconstruction, ThumbnailResult Thumbnail, ImmutableArray<double> Metrics, double Milliseconds);

/// <summary>The simplest rival: the image shrunk until its 8-bit RGB pixels take no more bytes than the tokens do, then enlarged; bicubic both ways.</summary>
/// <param name="Side">Height and width of the thumbnail in pixels; at least 1, also where the tokens take less than its 3 bytes.</param>
/// <param name="Comparison">The enlarged thumbnail beside what the model saw.</param>
public sealed record ThumbnailResult(int Side, ImageComparison Comparison);
