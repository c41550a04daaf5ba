namespace Karl.Networks;

/// <summary>A published pair of transformer sizes; base tokenizer and kind of latents are chosen beside it.</summary>
/// <param name="Name">The published name, such as "alit_small".</param>
/// <param name="Encoder">The transformer that runs once a round.</param>
/// <param name="Decoder">The transformer back.</param>
public sealed record AlitPreset(string Name, TransformerSize Encoder, TransformerSize Decoder)
{
    /// <summary>The network over a published VQGAN.</summary>
    /// <param name="quantized">Codes (true) or continuous latents (false).</param>
    public AlitArchitecture OverVqgan(bool quantized = true) => Over(new VqganArchitecture(), quantized);

    /// <summary>The network over a published VAE.</summary>
    /// <param name="quantized">Codes (true) or continuous latents (false).</param>
    public AlitArchitecture OverVae(bool quantized = true) => Over(new VaeArchitecture(), quantized);

    /// <summary>The network over any base tokenizer.</summary>
    /// <param name="baseArchitecture">The convolutional tokenizer underneath.</param>
    /// <param name="quantized">Codes (true) or continuous latents (false).</param>
    public AlitArchitecture Over(BaseArchitecture baseArchitecture, bool quantized = true) =>
        new(baseArchitecture, Encoder, Decoder) { Quantized = quantized };

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: encoder {Encoder}; decoder {Decoder}";
}
