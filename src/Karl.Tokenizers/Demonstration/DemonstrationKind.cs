using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Demonstration;

/// <summary>A kind of picture of which there are as many as there are seeds, each the same every time.</summary>
public sealed class DemonstrationKind
{
    private readonly Func<int, int, RgbImage> _draw;

    internal DemonstrationKind(string name, string description, Func<int, int, RgbImage> draw) => (Name, Description, _draw) = (name, description, draw);

    /// <summary>A word, fit for a folder's name.</summary>
    public string Name { get; }

    /// <summary>What such pictures show.</summary>
    public string Description { get; }

    /// <summary>Draws one.</summary>
    /// <param name="seed">Which one.</param>
    /// <param name="size">Height and width in pixels, 16 to 4096.</param>
    public RgbImage Draw(int seed, int size = 256)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, DemonstrationImages.SmallestSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, DemonstrationImages.LargestSize);
        return _draw(seed, size);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Description}";
}
