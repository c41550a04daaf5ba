namespace Karl.Export.Verification.Internals;

/// <summary>What stages leave for later ones about a run.</summary>
/// <param name="pixels">The image, <c>[3, size, size]</c>, 0 to 1.</param>
internal sealed class RunState(ReadOnlyMemory<float> pixels)
{
    /// <summary>The image, <c>[3, size, size]</c>, 0 to 1.</summary>
    public ReadOnlyMemory<float> Pixels => pixels;

    /// <summary>Positions of the kept tokens, ascending.</summary>
    public IReadOnlyList<int> Kept { get; set; } = [];

    /// <summary>What the decoder takes of the kept tokens: their codes <c>[kept]</c>, or their latents <c>[kept, width]</c>.</summary>
    public Numbers? Tokens { get; set; }

    /// <summary>The base encoder's output before quantization, <c>[2D tokens, channels]</c>; null where the model does not show it.</summary>
    public Numbers? BaseTokens { get; set; }

    /// <summary>The unscaled latent of a VAE, <c>[2D tokens, channels]</c>; null where the model does not show it.</summary>
    public Numbers? BaseLatent { get; set; }

    /// <summary>The nearest base codes, once they are looked for.</summary>
    public NearestCodes? BaseCodes { get; set; }
}
