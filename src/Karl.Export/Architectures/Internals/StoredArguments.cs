using Karl.Export.Checkpoints;
using Karl.Export.Families;

namespace Karl.Export.Architectures.Internals;

/// <summary>What the arguments of the training run, stored in a checkpoint, say about its architecture.</summary>
internal static class StoredArguments
{
    /// <summary>Python's text of an argument without quotes; null where it is not there.</summary>
    public static string? Get(Checkpoint checkpoint, string name) =>
        checkpoint.Arguments.FirstOrDefault(argument => argument.Name == name)?.Value.Trim('\'', '"');

    /// <summary>The preset that the run was started with; null where none is named or it is not a published one.</summary>
    public static ArchitectureHint? Hint(Checkpoint checkpoint)
    {
        if (Get(checkpoint, "model") is not { } model || ExportFamily.AllPresets.All(preset => preset.Preset != model)) return null;
        return ArchitectureHint.OfPreset(model) with
        {
            Origin = $"the checkpoint's own argument model = '{model}'",
            Base = Get(checkpoint, "base_tokenizer") is "vqgan" or "vae" ? Get(checkpoint, "base_tokenizer") : null,
            Quantized = Get(checkpoint, "quantize_latent") switch { "True" => true, "False" => false, _ => null },
        };
    }
}
