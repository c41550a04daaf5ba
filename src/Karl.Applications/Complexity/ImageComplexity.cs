namespace Karl.Applications.Complexity;

/// <summary>How complex one image is to a model.</summary>
/// <param name="Path">The path as it was given.</param>
/// <param name="Tokens">Tokens that it takes to reach the error asked for, or that the model thinks it takes: the approximate Kolmogorov complexity (section 3 of the KARL paper).</param>
/// <param name="Bits">The same in bits, without positions.</param>
/// <param name="Error">Mean absolute difference of pixels, 0 to 1, that these tokens leave.</param>
/// <param name="SmallError">The same that the small budget leaves, all of it used.</param>
/// <param name="FullError">The same that the full budget leaves, all of it used.</param>
/// <param name="JpegBytes">Size of the pixels that the model saw as a JPEG of quality 75, a complexity that knows no model.</param>
/// <param name="Reading">What the two errors say.</param>
public sealed record ImageComplexity(string Path, int Tokens, double Bits, double Error, double SmallError, double FullError, int JpegBytes, ComplexityReading Reading)
{
    /// <summary>Error that the full budget removes: what the small budget leaves less what the full one leaves. At most a little below 0.</summary>
    public double Gain => SmallError - FullError;

    /// <summary>The same as a share of what the small budget leaves, at most 1; 0 where that leaves nothing.</summary>
    public double GainShare => SmallError > 0 ? Gain / SmallError : 0;
}

/// <summary>What is left of an image beyond a few tokens: structure, which more tokens describe, or noise, which they do not.</summary>
public enum ComplexityReading
{
    /// <summary>The small budget reaches the error asked for already: nothing is left to describe.</summary>
    Simple,

    /// <summary>The full budget removes next to nothing of the error: what is left has no structure that the model knows.</summary>
    Noise,

    /// <summary>The full budget removes a part of it.</summary>
    Structure,

    /// <summary>The full budget removes most of it: much is left by a few tokens, and all of that is structure.</summary>
    RedundantStructure,
}
