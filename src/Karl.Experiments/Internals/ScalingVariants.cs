using Karl.Networks;
using Karl.Training.Runs;

namespace Karl.Experiments.Internals;

/// <summary>The models of the scaling study: a preset, varied in one thing at a time.</summary>
internal static class ScalingVariants
{
    /// <summary>All of them, the preset itself among them.</summary>
    /// <param name="preset">What is varied.</param>
    /// <param name="steps">Steps of the longest phase; null is the preset's.</param>
    /// <exception cref="ArgumentException">The preset's network is of another family than KARL.</exception>
    public static IReadOnlyList<ScalingVariant> Of(TrainingPreset preset, int? steps)
    {
        KarlArchitecture whole = preset.Architecture as KarlArchitecture
            ?? throw new ArgumentException($"Preset '{preset.Name}' is no KARL, and the scaling study varies one. Choose one of: {string.Join(", ", TrainingPreset.All.Where(known => known.Architecture is KarlArchitecture).Select(known => known.Name))}.", nameof(preset));
        KarlArchitecture usual = whole with { Encoder = Large(whole.Encoder), Decoder = Large(whole.Decoder), Quantized = true };
        TransformerSize small = Half(usual.Encoder), smallDecoder = Half(usual.Decoder);
        return
        [
            Variant("large encoder, large decoder", usual),
            Variant("small encoder, large decoder", usual with { Encoder = small }),
            Variant("large encoder, small decoder", usual with { Decoder = smallDecoder }),
            Variant("small encoder, small decoder", usual with { Encoder = small, Decoder = smallDecoder }),
            Variant("a quarter of the codes", usual with { LatentCodebookSize = Math.Max(2, whole.LatentCodebookSize / 4) }),
            Variant("continuous latents", usual with { Quantized = false }),
        ];

        ScalingVariant Variant(string name, KarlArchitecture architecture) => new(name, Shortened(preset, steps) with
        {
            Name = $"{preset.Name} {name}{(steps is int count ? $" {count} steps" : string.Empty)}",
            Summary = name,
            Architecture = architecture,
        });
    }

    /// <summary>The size itself, or where there is nothing to halve, twice as many blocks.</summary>
    private static TransformerSize Large(TransformerSize size) => size.Layers == 1 ? size with { Layers = 2 } : size;

    private static TransformerSize Half(TransformerSize size) => size with { Layers = size.Layers / 2 };

    private static TrainingPreset Shortened(TrainingPreset preset, int? steps)
    {
        if (steps is not int wanted)
        {
            return preset;
        }

        double share = (double)wanted / new[] { preset.Base.Steps, preset.Distillation.Steps, preset.Pixels.Steps, preset.Finish?.Steps ?? 0 }.Max();
        return preset with
        {
            Base = Phase(preset.Base),
            Distillation = Phase(preset.Distillation),
            Pixels = Phase(preset.Pixels),
            Finish = preset.Finish is null ? null : Phase(preset.Finish),
            QuantizationSteps = (int)(preset.QuantizationSteps * share),
        };

        PhaseOptions Phase(PhaseOptions phase)
        {
            int count = Math.Max(2, (int)Math.Round(phase.Steps * share));
            return phase with { Steps = count, WarmupSteps = Math.Min(phase.WarmupSteps, count / 2) };
        }
    }
}

/// <summary>One model of the study.</summary>
/// <param name="Name">What is different about it.</param>
/// <param name="Preset">How it is trained.</param>
internal sealed record ScalingVariant(string Name, TrainingPreset Preset)
{
    /// <summary>Its folder's name.</summary>
    public string FolderName => Name.Replace(",", string.Empty, StringComparison.Ordinal).Replace(' ', '-');
}
