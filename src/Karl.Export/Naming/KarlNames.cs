using Karl.Networks;

namespace Karl.Export.Naming;

/// <summary>The one place where the names of KARL's published checkpoints stand (released code 5c1a569).</summary>
public static class KarlNames
{
    private static readonly NameMap OverVqgan = new([.. Karl(), .. SharedNames.Base("base_tokenizer.vqgan")]);
    private static readonly NameMap OverVae = new([.. Karl(), .. SharedNames.Base("base_tokenizer.vae")]);

    /// <summary>The map for networks over the given base tokenizer.</summary>
    public static NameMap For(BaseArchitecture baseArchitecture) => baseArchitecture is VqganArchitecture ? OverVqgan : OverVae;

    /// <summary>Whether a published weight serves training only (discriminators, perceptual losses) and is left out of a model.</summary>
    public static bool IsTrainingOnly(string published)
    {
        ArgumentNullException.ThrowIfNull(published);
        return published.StartsWith("gan_losses.", StringComparison.Ordinal)
            || published.StartsWith("criterion.", StringComparison.Ordinal)
            || published.Contains("perceptual_loss.", StringComparison.Ordinal)
            || published.Contains("discriminator.", StringComparison.Ordinal);
    }

    private static IEnumerable<(string Ours, string Published)> Karl() =>
    [
        ("encoder.error_embeddings", "rec_loss_embeddings"),
        ("encoder.latent_tokens", "latent_tokens"),
        ("encoder.positions", "encoder_positional_embedding"),
        ("encoder.patch_embedding.{kind}", "patch_embed.{kind}"),
        ("encoder.input_norm.{kind}", "encoder_ln_pre.{kind}"),
        .. SharedNames.Blocks("encoder.blocks.{n}", "encoder.transformer.{n}"),
        ("encoder.halting.norm.{kind}", "encoder_ln_post_halt.{kind}"),
        ("encoder.halting.hidden.{kind}", "halting_mlp.0.{kind}"),
        ("encoder.halting.output.{kind}", "halting_mlp.2.{kind}"),
        ("encoder.latents.norm.{kind}", "encoder_ln_post.{kind}"),
        ("encoder.latents.output.{kind}", "pre_quantizer_mlp.{kind}"),
        ("codebook.weight", "quantize.embedding.weight"),
        ("decoder.latent_embedding.{kind}", "decoder_embed.{kind}"),
        ("decoder.latent_positions", "decoder_latent_tokens_timestep_embed"),
        ("decoder.mask_token", "decoder_mask_token"),
        ("decoder.positions", "decoder_positional_embedding"),
        ("decoder.input_norm.{kind}", "decoder.ln_pre.{kind}"),
        .. SharedNames.Blocks("decoder.blocks.{n}", "decoder.transformer.{n}"),
        ("decoder.output_norm.{kind}", "decoder.ln_post.{kind}"),
        ("decoder.prediction.hidden.{kind}", "decoder.ffn.0.{kind}"),
        ("decoder.prediction.output.{kind}", "decoder.ffn.2.{kind}"),
    ];
}
