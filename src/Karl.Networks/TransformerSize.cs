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

    /// <summary>Why there can be no such transformer; nothing where there can.</summary>
    /// <param name="name">How messages call it: "encoder" or "decoder".</param>
    internal IEnumerable<string> Problems(string name)
    {
        if (Width < 1 || Layers < 1 || Heads < 1)
        {
            yield return $"the {name} has {this}; all must be positive";
        }
        else if (Width % Heads != 0)
        {
            yield return $"the {name}'s {Heads} heads do not divide its width {Width}";
        }
    }
}
