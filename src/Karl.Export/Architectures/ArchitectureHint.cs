using Karl.Export.Families;
using Karl.Networks;
using Karl.Tokenizers.Families;

namespace Karl.Export.Architectures;

/// <summary>
/// What somebody says about an architecture, and who: a preset, a file, or the arguments that a checkpoint remembers.
/// Head counts leave no trace in any shape, so they must be said; everything else is compared with the weights.
/// </summary>
/// <param name="Origin">Who says it, as messages name it: <c>preset 'karl_small'</c>.</param>
public sealed record ArchitectureHint(string Origin)
{
    /// <summary>Model family, one of <see cref="FamilyNames"/>.</summary>
    public string Family { get; init; } = FamilyNames.Karl;

    /// <summary>Size of the transformer that makes tokens.</summary>
    public required TransformerSize Encoder { get; init; }

    /// <summary>Size of the transformer that turns tokens back.</summary>
    public required TransformerSize Decoder { get; init; }

    /// <summary>Name of the published preset; null where it is none.</summary>
    public string? Preset { get; init; }

    /// <summary>Base tokenizer, <c>vqgan</c> or <c>vae</c>; null where nothing is said.</summary>
    public string? Base { get; init; }

    /// <summary>Whether latents are codes; null where nothing is said.</summary>
    public bool? Quantized { get; init; }

    /// <summary>Latent tokens; null where nothing is said.</summary>
    public int? Latents { get; init; }

    /// <summary>Whether only all latent tokens can be decoded (TiTok); null where nothing is said.</summary>
    public bool? HasFixedLength { get; init; }

    /// <summary>Whether One-D-Piece makes each latent of numbers of many tokens; null for yes, as published.</summary>
    public bool? MixesLatents { get; init; }

    /// <summary>Edge of the square image in pixels; null where nothing is said: then the checkpoint's own arguments, else 256.</summary>
    public int? ImageSize { get; init; }

    /// <summary>What 2D tokens over a VAE are multiplied with; null for the published 0.2325.</summary>
    public float? LatentScale { get; init; }

    /// <summary>Groups of channels that the base tokenizer normalizes together; null for the published 32.</summary>
    public int? NormalizationGroups { get; init; }

    /// <summary>The probability above which a token is halted; null for the published 0.75.</summary>
    public float? HaltingThreshold { get; init; }

    /// <summary>The error that a model is asked for where none is given; null for the published 0.05.</summary>
    public float? DefaultEpsilon { get; init; }

    /// <summary>The reconstruction errors that can be asked for, ascending; null for the published ones.</summary>
    public IReadOnlyList<float>? ErrorBins { get; init; }

    /// <summary>What a published preset says.</summary>
    /// <exception cref="ArgumentException">There is no such preset; the message lists those that exist.</exception>
    public static ArchitectureHint OfPreset(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ExportFamily.AllPresets.FirstOrDefault(preset => preset.Preset == name || preset.Preset == "karl_" + name)
            ?? throw new ArgumentException(
                $"There is no preset '{name}'. Choose one of: {string.Join(", ", ExportFamily.AllPresets.Select(preset => preset.Preset))}.", nameof(name));
    }

    /// <summary>The same, with the preset's name where the sizes are just those of one.</summary>
    internal ArchitectureHint Recognized() => Preset is not null
        ? this
        : this with { Preset = ExportFamily.AllPresets.FirstOrDefault(preset => preset.Family == Family && preset.Encoder == Encoder && preset.Decoder == Decoder)?.Preset };

    /// <summary>What of this cannot be true of an architecture as the weights show it.</summary>
    /// <param name="found">The architecture; its heads are not known.</param>
    internal IEnumerable<string> Contradictions(ITokenizerArchitecture found)
    {
        foreach (var (name, seen, said) in new[] { ("encoder", found.Encoder, Encoder), ("decoder", found.Decoder, Decoder) })
        {
            if (seen.Width != said.Width) yield return $"the {name}'s weights are {seen.Width} wide, {Origin} says {said.Width}";
            if (seen.Layers != said.Layers) yield return $"the {name} has {seen.Layers} blocks, {Origin} says {said.Layers}";
            if (said.Heads < 1 || seen.Width % said.Heads != 0) yield return $"{Origin} says {said.Heads} heads for the {name}, which do not divide its width {seen.Width}";
        }
        if (Base is not null && Base != found.Base.Name) yield return $"the base tokenizer is a {found.Base.Name}, {Origin} says {Base}";
        if (Quantized is { } quantized && quantized != found.Quantized) yield return $"the latents are {Kind(found.Quantized)}, {Origin} says {Kind(quantized)}";
    }

    private static string Kind(bool quantized) => quantized ? "quantized" : "continuous";
}
