namespace Karl.Networks;

/// <summary>
/// The published sizes by their published names (kolmogorov_tokenizers/__init__.py). Note that "small" there is
/// eight layers, whatever the width: <c>karl_small</c> has width 1024, <c>karl_tiny</c> width 512.
/// </summary>
public static class KarlPresets
{
    /// <summary>Every published size.</summary>
    public static IReadOnlyList<KarlPreset> All { get; } =
    [
        new("karl_tiny", new(512, 8, 8), new(512, 8, 8)),
        new("karl_tiny_semilarge_decoder", new(512, 8, 8), new(1024, 8, 8)),
        new("karl_small", new(1024, 8, 8), new(1024, 8, 8)),
        new("karl_small_decoder_small", new(1024, 8, 8), new(512, 8, 8)),
        new("karl_small_decoder_base", new(1024, 8, 8), new(768, 12, 12)),
        new("karl_small_decoder_base_semilarge_feat", new(1024, 8, 8), new(1024, 12, 16)),
        new("karl_small_decoder_semilarge", new(1024, 8, 8), new(1024, 16, 16)),
        new("karl_small_decoder_semilarge_small_heads", new(1024, 8, 8), new(1024, 16, 8)),
        new("karl_small_decoder_semilarge_opposite_heads", new(1024, 8, 16), new(1024, 16, 8)),
        new("karl_small_decoder_semilarge_semilarge_heads", new(1024, 8, 16), new(1024, 16, 16)),
        new("karl_base", new(768, 12, 12), new(768, 12, 12)),
        new("karl_base_decoder_small_semilarge_feat", new(1024, 12, 16), new(1024, 8, 8)),
        new("karl_semilarge", new(1024, 16, 16), new(1024, 16, 16)),
        new("karl_semilarge_decoder_small", new(1024, 16, 16), new(1024, 8, 8)),
    ];

    /// <summary>Finds a size by its published name; the prefix "karl_" may be left out.</summary>
    /// <exception cref="ArgumentException">No size has this name; the message lists those that exist.</exception>
    public static KarlPreset Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(preset => preset.Name == name || preset.Name == "karl_" + name)
            ?? throw new ArgumentException(
                $"There is no preset '{name}'. Choose one of: {string.Join(", ", All.Select(preset => preset.Name))}.", nameof(name));
    }
}
