using Karl.Networks;

namespace Karl.Export.Naming;

/// <summary>The one place where the names of KARL's published checkpoints stand (released code 5c1a569).</summary>
public static class KarlNames
{
    private static readonly NameMap OverVqgan = new([.. Karl(), .. Base("base_tokenizer.vqgan")]);
    private static readonly NameMap OverVae = new([.. Karl(), .. Base("base_tokenizer.vae")]);

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
        .. Blocks("encoder.blocks.{n}", "encoder.transformer.{n}"),
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
        .. Blocks("decoder.blocks.{n}", "decoder.transformer.{n}"),
        ("decoder.output_norm.{kind}", "decoder.ln_post.{kind}"),
        ("decoder.prediction.hidden.{kind}", "decoder.ffn.0.{kind}"),
        ("decoder.prediction.output.{kind}", "decoder.ffn.2.{kind}"),
    ];

    private static IEnumerable<(string Ours, string Published)> Blocks(string ours, string published) =>
    [
        ($"{ours}.attention_norm.{{kind}}", $"{published}.ln_1.{{kind}}"),
        ($"{ours}.attention.input.{{kind}}", $"{published}.attn.in_proj_{{kind}}"),
        ($"{ours}.attention.output.{{kind}}", $"{published}.attn.out_proj.{{kind}}"),
        ($"{ours}.feed_forward_norm.{{kind}}", $"{published}.ln_2.{{kind}}"),
        ($"{ours}.feed_forward.hidden.{{kind}}", $"{published}.mlp.c_fc.{{kind}}"),
        ($"{ours}.feed_forward.output.{{kind}}", $"{published}.mlp.c_proj.{{kind}}"),
    ];

    private static IEnumerable<(string Ours, string Published)> Base(string published) =>
    [
        ("base.codebook.weight", $"{published}.quantize.embedding.weight"),
        ("base.posterior.{kind}", $"{published}.quant_conv.{{kind}}"),
        ("base.latent.{kind}", $"{published}.post_quant_conv.{{kind}}"),
        .. Pixels("base.encoder", $"{published}.encoder", "down", "downsample"),
        .. Pixels("base.decoder", $"{published}.decoder", "up", "upsample"),
    ];

    private static IEnumerable<(string Ours, string Published)> Pixels(string ours, string published, string levels, string resample) =>
    [
        ($"{ours}.input.{{kind}}", $"{published}.conv_in.{{kind}}"),
        .. Residual($"{ours}.levels.{{n}}.blocks.{{m}}", $"{published}.{levels}.{{n}}.block.{{m}}"),
        .. Attention($"{ours}.levels.{{n}}.attentions.{{m}}", $"{published}.{levels}.{{n}}.attn.{{m}}"),
        ($"{ours}.levels.{{n}}.{resample}.{{kind}}", $"{published}.{levels}.{{n}}.{resample}.conv.{{kind}}"),
        .. Residual($"{ours}.middle.first", $"{published}.mid.block_1"),
        .. Attention($"{ours}.middle.attention", $"{published}.mid.attn_1"),
        .. Residual($"{ours}.middle.second", $"{published}.mid.block_2"),
        ($"{ours}.output_norm.{{kind}}", $"{published}.norm_out.{{kind}}"),
        ($"{ours}.output.{{kind}}", $"{published}.conv_out.{{kind}}"),
    ];

    private static IEnumerable<(string Ours, string Published)> Residual(string ours, string published) =>
    [
        ($"{ours}.first_norm.{{kind}}", $"{published}.norm1.{{kind}}"),
        ($"{ours}.first.{{kind}}", $"{published}.conv1.{{kind}}"),
        ($"{ours}.second_norm.{{kind}}", $"{published}.norm2.{{kind}}"),
        ($"{ours}.second.{{kind}}", $"{published}.conv2.{{kind}}"),
        ($"{ours}.shortcut.{{kind}}", $"{published}.nin_shortcut.{{kind}}"),
    ];

    private static IEnumerable<(string Ours, string Published)> Attention(string ours, string published) =>
    [
        ($"{ours}.norm.{{kind}}", $"{published}.norm.{{kind}}"),
        ($"{ours}.query.{{kind}}", $"{published}.q.{{kind}}"),
        ($"{ours}.key.{{kind}}", $"{published}.k.{{kind}}"),
        ($"{ours}.value.{{kind}}", $"{published}.v.{{kind}}"),
        ($"{ours}.output.{{kind}}", $"{published}.proj_out.{{kind}}"),
    ];
}
