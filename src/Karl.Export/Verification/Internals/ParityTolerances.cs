namespace Karl.Export.Verification.Internals;

/// <summary>Every tolerance of a verification, for float32 weights. <c>docs/numerics.md</c> says which measurement each comes from.</summary>
internal static class ParityTolerances
{
    /// <summary>Halting logits: a LayerNorm with another epsilon moves them by 5.4e-5.</summary>
    public static Tolerance HaltingLogit { get; } = Tolerance.Absolute(2.5e-5);

    /// <summary>Halting probabilities: a quarter of the logit's, the steepest slope of a sigmoid, and a little for its own rounding.</summary>
    public static Tolerance HaltingProbability { get; } = Tolerance.Absolute(7e-6);

    /// <summary>Latents before quantization: a LayerNorm with another epsilon moves the recorded models' by 2.2e-5; deeper networks are noisier.</summary>
    public static Tolerance Latents { get; } = Tolerance.Growing(1.5e-5, 2.8e-6);

    /// <summary>Rows of the normalized codebook: the same numbers but for the rounding of a square root.</summary>
    public static Tolerance QuantizedLatents { get; } = Tolerance.Absolute(5e-7);

    /// <summary>Second smallest minus smallest squared distance of normalized vectors.</summary>
    public static Tolerance CodeMargin { get; } = Tolerance.Absolute(1e-5);

    /// <summary>Logits of base codes; deeper networks are noisier.</summary>
    public static Tolerance Logits { get; } = Tolerance.Growing(4e-5, 2.5e-6);

    /// <summary>Logarithms of summed exponentials of logits: a mean of their errors.</summary>
    public static Tolerance LogSumExp { get; } = Tolerance.Absolute(2e-5);

    /// <summary>By how much the most probable base code may be ahead of the recorded one: two logits, each off by its tolerance.</summary>
    public static Tolerance MostProbableLead { get; } = Tolerance.Absolute(8e-5);

    /// <summary>Pixels, 0 to 1.</summary>
    public static Tolerance Pixels { get; } = Tolerance.Absolute(6e-5);

    /// <summary>The six numbers of a whole image: the original's own deviation is 1.5e-6 of itself away from float64's.</summary>
    public static Tolerance PixelStatistics { get; } = new StatisticsTolerance(Pixel: 6e-5, Sum: 3e-6, Square: 1e-5);

    /// <summary>Mean absolute pixel error, which the original adds up in float32.</summary>
    public static Tolerance PixelError { get; } = Tolerance.Absolute(1.5e-6);

    /// <summary>What the decoder predicts for the base decoder.</summary>
    public static Tolerance DecodedCode { get; } = Tolerance.OfLargest(8e-6);

    /// <summary>2D tokens and their halves, before the transformer: normalization makes a thousand times as much of the noise of a flat image.</summary>
    public static Tolerance ImageTokens { get; } = Tolerance.OfLargest(2e-5);

    /// <summary>Mean and log-variance of the posterior.</summary>
    public static Tolerance Posterior { get; } = Tolerance.OfLargest(2e-5);

    /// <summary>Second smallest minus smallest squared distance to the base codebook, which the original takes from sums of large squares.</summary>
    public static Tolerance BaseCodeMargin { get; } = Tolerance.OfLargest(4e-5);

    /// <summary>Sequences inside the transformers and what comes out of them.</summary>
    public static Tolerance Sequences { get; } = Tolerance.OfLargest(5e-6);

    /// <summary>Maps inside the base encoder.</summary>
    public static Tolerance EncoderMaps { get; } = Tolerance.OfLargest(8e-6);

    /// <summary>Maps inside the base decoder, where every level adds noise to the last one's.</summary>
    public static Tolerance DecoderMaps { get; } = Tolerance.OfLargest(2e-5);

    /// <summary>What goes into and comes out of ALIT's rounds, each of which goes on from the last one's noise: a LayerNorm with another epsilon moves them by 2.9e-5 to 1.4e-4.</summary>
    public static Tolerance RoundSequences { get; } = Tolerance.Growing(3e-5, 1.5e-6);

    /// <summary>The probability that the decoder gives the true base code.</summary>
    public static Tolerance TrueCodeProbability { get; } = Tolerance.Absolute(1e-5);

    /// <summary>Mean absolute difference of a 2D token's latent and the predicted one, which have the tolerance of 2D tokens between them.</summary>
    public static Tolerance CodeError { get; } = Tolerance.OfLargest(2e-5);
}
