using System.Text.Json;
using Karl.Networks;

namespace Karl.Benchmarks.Training;

/// <summary>What <c>benchmarks/pytorch/training.py</c> must know to build the same network.</summary>
internal static class NetworkSizes
{
    /// <summary>The sizes as JSON.</summary>
    /// <exception cref="ArgumentException">The original has no such network.</exception>
    public static string Json(KarlArchitecture architecture)
    {
        if (architecture.Base is not VaeArchitecture { LatentScale: 1 } vae || !architecture.Quantized || architecture.Encoder != architecture.Decoder)
        {
            throw new ArgumentException("training.py builds the original over an unscaled VAE, with quantized latents and equal transformers; choose such a preset, or leave out --pytorch.");
        }

        return JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["image_size"] = architecture.ImageSize,
            ["grid"] = architecture.GridSize,
            ["channels"] = vae.Channels,
            ["multipliers"] = vae.ChannelMultipliers,
            ["blocks_per_level"] = vae.BlocksPerLevel,
            ["groups"] = vae.NormalizationGroups,
            ["latent_channels"] = vae.LatentChannels,
            ["width"] = architecture.Encoder.Width,
            ["layers"] = architecture.Encoder.Layers,
            ["heads"] = architecture.Encoder.Heads,
            ["codebook_size"] = architecture.LatentCodebookSize,
            ["latent_width"] = architecture.LatentWidth,
            ["position_grid"] = architecture.PositionGrid,
            ["halting_hidden"] = architecture.HaltingHidden,
            ["maximum_latents"] = architecture.MaximumLatents,
            ["full_budget"] = PhaseSteps.FullBudget(architecture),
        });
    }
}
