namespace Karl.Networks;

/// <summary>
/// The published sizes by their published names (adaptive_tokenizers/__init__.py). As with KARL, "small" there is eight layers, whatever the
/// width: <c>alit_small</c> has width 1024, <c>alit_tiny</c>, of which no checkpoint is published, width 512.
/// </summary>
public static class AlitPresets
{
    /// <summary>Every size that the released code names.</summary>
    public static IReadOnlyList<AlitPreset> All { get; } =
    [
        new("alit_tiny", new(512, 8, 8), new(512, 8, 8)),
        new("alit_small", new(1024, 8, 8), new(1024, 8, 8)),
        new("alit_base", new(768, 12, 12), new(768, 12, 12)),
        new("alit_semilarge", new(1024, 16, 16), new(1024, 16, 16)),
    ];

    /// <summary>Finds a size by its published name.</summary>
    /// <exception cref="ArgumentException">No size has this name; the message lists those that exist.</exception>
    public static AlitPreset Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(preset => preset.Name == name)
            ?? throw new ArgumentException($"There is no preset '{name}'. Choose one of: {string.Join(", ", All.Select(preset => preset.Name))}.", nameof(name));
    }
}
