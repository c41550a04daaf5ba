namespace Karl.Networks;

/// <summary>A published One-D-Piece or TiTok.</summary>
/// <param name="Name">The published name, such as "one-d-piece_s256".</param>
/// <param name="Transformer">Encoder and decoder, which are as large.</param>
/// <param name="Latents">Latent tokens.</param>
/// <param name="HasFixedLength">Whether it is a TiTok, of which only all tokens can be decoded.</param>
public sealed record OneDPiecePreset(string Name, TransformerSize Transformer, int Latents, bool HasFixedLength)
{
    /// <summary>The published network.</summary>
    public OneDPieceArchitecture Architecture =>
        new(new VqganArchitecture(), Transformer, Transformer) { MaximumLatents = Latents, HasFixedLength = HasFixedLength };

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: encoder and decoder {Transformer}; {Latents} latents";
}
