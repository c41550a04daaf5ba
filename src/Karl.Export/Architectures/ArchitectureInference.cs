using System.Globalization;
using Karl.Export.Architectures.Internals;
using Karl.Export.Checkpoints;
using Karl.Networks;
using Karl.Tokenizers;

namespace Karl.Export.Architectures;

/// <summary>An architecture and, where its sizes are published ones, the preset's name.</summary>
/// <param name="Architecture">What was found.</param>
/// <param name="Preset">Name of the published preset; null where it is none.</param>
/// <param name="DefaultEpsilon">The error that is asked for where none is given; null where nothing says one.</param>
public sealed record InferredArchitecture(KarlArchitecture Architecture, string? Preset, float? DefaultEpsilon);

/// <summary>Tells a KARL checkpoint's architecture from the names and shapes of its weights, and its head counts from a hint.</summary>
public static class ArchitectureInference
{
    /// <summary>Infers.</summary>
    /// <param name="checkpoint">The file; its stored arguments stand in where there is no hint.</param>
    /// <param name="weights">The weights to be exported.</param>
    /// <param name="hint">What the user says; null to go by the checkpoint's own arguments.</param>
    /// <exception cref="KarlFormatException">The weights are not KARL's, the hint contradicts them, or nothing says how many heads there are. All problems are listed.</exception>
    public static InferredArchitecture Infer(Checkpoint checkpoint, StateDict weights, ArchitectureHint? hint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(weights);
        var shapes = new WeightShapes(weights);
        RequireKarl(weights, shapes);
        hint = (hint ?? ArchitectureMetadata.Read(checkpoint) ?? StoredArguments.Hint(checkpoint))?.Recognized();
        var encoderLayers = shapes.Count("encoder.transformer.");
        var decoderLayers = shapes.Count("decoder.transformer.");
        var encoderWidth = shapes.Length("latent_tokens", 1, 2);
        var decoderWidth = shapes.Length("decoder_mask_token", 2, 3);
        var quantized = shapes.Has("quantize.embedding.weight");
        var found = new KarlArchitecture(Base(shapes, hint), new(encoderWidth, encoderLayers, 1), new(decoderWidth, decoderLayers, 1))
        {
            Quantized = quantized,
            LatentWidth = shapes.Length("pre_quantizer_mlp.weight", 0, 2),
            MaximumLatents = shapes.Length("latent_tokens", 0, 2),
            PositionGrid = shapes.Length("encoder_positional_embedding", 1, 3),
            HaltingHidden = shapes.Length("halting_mlp.0.weight", 0, 2),
            ImageSize = hint?.ImageSize ?? ImageSize(checkpoint),
        };
        if (quantized) found = found with { LatentCodebookSize = shapes.Length("quantize.embedding.weight", 0, 2) };
        if (hint?.HaltingThreshold is { } threshold) found = found with { HaltingThreshold = threshold };
        if (hint?.ErrorBins is { } errors) found = found with { ErrorBins = errors };
        var bins = shapes.Length("rec_loss_embeddings", 0, 2);
        var problems = shapes.Problems.ToList();
        if (bins != found.ErrorBins.Count) problems.Add($"there are {bins} error embeddings, and {(hint?.ErrorBins is null ? "the published error bins are" : $"{hint.Origin} has error bins for")} {found.ErrorBins.Count}");
        if (hint is not null) problems.AddRange(hint.Contradictions(found));
        else problems.Add("nothing says how many attention heads there are: name a preset (--preset) or give an architecture file (--architecture)");
        if (problems.Count > 0) throw new KarlFormatException($"'{weights.Source}': {string.Join("; ", problems)}.");
        return new(found with { Encoder = hint!.Encoder, Decoder = hint.Decoder }, hint.Preset, hint.DefaultEpsilon);
    }

    private static void RequireKarl(StateDict weights, WeightShapes shapes)
    {
        if (shapes.Has("latent_tokens") && shapes.Has("rec_loss_embeddings")) return;
        var examples = string.Join(", ", weights.Names.Take(3));
        throw new KarlFormatException($"'{weights.Source}' is not a KARL checkpoint: it has no 'latent_tokens' and 'rec_loss_embeddings' among its {weights.Count} weights ({examples} ...).");
    }

    /// <summary>The base tokenizer inside a checkpoint of KARL or ALIT.</summary>
    internal static BaseArchitecture Base(WeightShapes shapes, ArchitectureHint? hint)
    {
        if (shapes.HasAny("base_tokenizer.vqgan."))
        {
            const string prefix = "base_tokenizer.vqgan";
            return Levels(shapes, prefix, hint, new VqganArchitecture
            {
                CodebookSize = shapes.Length($"{prefix}.quantize.embedding.weight", 0, 2),
                CodeWidth = shapes.Length($"{prefix}.quantize.embedding.weight", 1, 2),
            });
        }
        var vae = new VaeArchitecture { LatentChannels = shapes.Length("base_tokenizer.vae.post_quant_conv.weight", 0, 4) };
        return Levels(shapes, "base_tokenizer.vae", hint, hint?.LatentScale is { } scale ? vae with { LatentScale = scale } : vae);
    }

    private static BaseArchitecture Levels(WeightShapes shapes, string prefix, ArchitectureHint? hint, BaseArchitecture architecture)
    {
        var channels = shapes.Length($"{prefix}.encoder.conv_in.weight", 0, 4);
        var levels = shapes.Count($"{prefix}.encoder.down.");
        return architecture with
        {
            Channels = channels,
            ChannelMultipliers = [.. Enumerable.Range(0, levels).Select(level => shapes.Length($"{prefix}.encoder.down.{level}.block.0.conv1.weight", 0, 4) / channels)],
            BlocksPerLevel = shapes.Count($"{prefix}.encoder.down.0.block."),
            NormalizationGroups = hint?.NormalizationGroups ?? architecture.NormalizationGroups,
        };
    }

    private static int ImageSize(Checkpoint checkpoint) =>
        int.TryParse(StoredArguments.Get(checkpoint, "input_size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 16 and <= 1024 ? size : 256;
}
