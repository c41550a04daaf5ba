namespace Karl.Export.Verification.Internals;

/// <summary>What the networks call the tensors inside them, beyond their inputs and outputs. All are float32, batch first.</summary>
internal static class TensorNames
{
    /// <summary><c>[batch, 2D tokens, channels]</c>: the base encoder's output before quantization, or the scaled latent.</summary>
    public const string BaseTokens = "base_tokens";

    /// <summary><c>[batch, channels, grid, grid]</c>.</summary>
    public const string PosteriorMean = "posterior_mean";

    /// <summary><c>[batch, channels, grid, grid]</c>, clamped.</summary>
    public const string PosteriorLogVariance = "posterior_log_variance";

    /// <summary><c>[batch, 2D tokens, width]</c>.</summary>
    public const string ImageTokens = "image_tokens";

    /// <summary><c>[batch, budget, width]</c>.</summary>
    public const string LatentOutputs = "encoder.latent_outputs";

    /// <summary><c>[batch, budget]</c>.</summary>
    public const string HaltingLogits = "halting_logits";

    /// <summary><c>[batch, budget, 12]</c>, before quantization.</summary>
    public const string FactorizedLatents = "factorized_latents";

    /// <summary><c>[batch, 2D tokens, base codes]</c>, VQGAN only.</summary>
    public const string Logits = "logits";

    /// <summary><c>[batch, 2D tokens, channels]</c>: what the base decoder takes.</summary>
    public const string DecodedTokens = "decoded_tokens";

    /// <summary>A weight of the decoder, <c>[base codes, channels]</c>, VQGAN only.</summary>
    public const string BaseCodebook = "base.codebook.weight";
}
