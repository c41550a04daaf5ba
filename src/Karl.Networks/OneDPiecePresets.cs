namespace Karl.Networks;

/// <summary>The published sizes, by the names of their configuration files (configs/ of the released code).</summary>
public static class OneDPiecePresets
{
    /// <summary>The transformers by their published names.</summary>
    public static IReadOnlyDictionary<string, TransformerSize> Sizes { get; } = new Dictionary<string, TransformerSize>(StringComparer.Ordinal)
    {
        ["small"] = new(512, 8, 8),
        ["base"] = new(768, 12, 12),
        ["large"] = new(1024, 24, 16),
    };

    /// <summary>Every published size.</summary>
    public static IReadOnlyList<OneDPiecePreset> All { get; } =
    [
        new("one-d-piece_s256", Sizes["small"], 256, HasFixedLength: false),
        new("one-d-piece_b256", Sizes["base"], 256, HasFixedLength: false),
        new("one-d-piece_l256", Sizes["large"], 256, HasFixedLength: false),
        new("titok_s128", Sizes["small"], 128, HasFixedLength: true),
        new("titok_b64", Sizes["base"], 64, HasFixedLength: true),
        new("titok_l32", Sizes["large"], 32, HasFixedLength: true),
    ];

    /// <summary>Finds a size by its published name.</summary>
    /// <exception cref="ArgumentException">No size has this name; the message lists those that exist.</exception>
    public static OneDPiecePreset Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(preset => preset.Name == name)
            ?? throw new ArgumentException($"There is no preset '{name}'. Choose one of: {string.Join(", ", All.Select(preset => preset.Name))}.", nameof(name));
    }
}
