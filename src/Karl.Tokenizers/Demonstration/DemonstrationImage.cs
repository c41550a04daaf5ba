using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Demonstration;

/// <summary>A picture that is drawn by arithmetic, the same each time.</summary>
public sealed class DemonstrationImage
{
    private readonly Func<int, RgbImage> _draw;

    internal DemonstrationImage(string name, string description, Func<int, RgbImage> draw) => (Name, Description, _draw) = (name, description, draw);

    /// <summary>A word, fit for a file name.</summary>
    public string Name { get; }

    /// <summary>What it shows, and why it is there.</summary>
    public string Description { get; }

    /// <summary>Draws it.</summary>
    /// <param name="size">Height and width in pixels, 16 to 4096.</param>
    public RgbImage Draw(int size = 256)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, DemonstrationImages.SmallestSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, DemonstrationImages.LargestSize);
        return _draw(size);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Description}";
}
