namespace Karl.Networks;

/// <summary>How large a transformer is.</summary>
/// <param name="Width">Features per token. The hidden layer of each block has four times as many.</param>
/// <param name="Layers">Blocks, one after the other.</param>
/// <param name="Heads">Attention heads per block; they share the width evenly. No shape of a weight depends on it.</param>
public sealed record TransformerSize(int Width, int Layers, int Heads)
{
    /// <summary>Features of each head.</summary>
    public int HeadWidth => Width / Heads;

    /// <inheritdoc/>
    public override string ToString() => $"width {Width}, {Layers} layers, {Heads} heads";
}
