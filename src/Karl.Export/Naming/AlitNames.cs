using Karl.Networks;

namespace Karl.Export.Naming;

/// <summary>The one place where the names of ALIT's published checkpoints stand (released code 8c0b4ec).</summary>
public static class AlitNames
{
    private static readonly NameMap OverVqgan = new([.. Alit(), .. SharedNames.Base("base_tokenizer.vqgan")]);
    private static readonly NameMap OverVae = new([.. Alit(), .. SharedNames.Base("base_tokenizer.vae")]);

    /// <summary>The map for networks over the given base tokenizer.</summary>
    public static NameMap For(BaseArchitecture baseArchitecture) => baseArchitecture is VqganArchitecture ? OverVqgan : OverVae;

    private static IEnumerable<(string Ours, string Published)> Alit() =>
    [
        ("encoder.class_token", "encoder_class_embedding"),
        ("encoder.positions", "encoder_positional_embedding"),
        ("encoder.mask_token", "encoder_mask_token"),
        ("encoder.patch_embedding.{kind}", "patch_embed.{kind}"),
        ("encoder.latent_tokens", "latent_tokens"),
        ("encoder.latent_positions", "latent_token_positional_embedding"),
        ("encoder.round_embeddings", "timestep_embedding"),
        ("encoder.input_norm.{kind}", "encoder_ln_pre.{kind}"),
        ("encoder.next_norm.{kind}", "encoder_ln_recursive.{kind}"),
        .. SharedNames.Blocks("encoder.blocks.{n}", "encoder.transformer.{n}"),
        ("encoder.latents.norm.{kind}", "encoder_ln_post.{kind}"),
        ("encoder.latents.output.{kind}", "pre_quantizer_mlp.{kind}"),
        ("codebook.weight", "quantize.embedding.weight"),
        ("decoder.latent_embedding.{kind}", "decoder.decoder_embed.{kind}"),
        ("decoder.latent_positions", "decoder.latent_token_positional_embedding"),
        ("decoder.class_token", "decoder_class_embedding"),
        ("decoder.mask_token", "decoder_mask_token"),
        ("decoder.positions", "decoder_positional_embedding"),
        ("decoder.input_norm.{kind}", "decoder.ln_pre.{kind}"),
        .. SharedNames.Blocks("decoder.blocks.{n}", "decoder.transformer.{n}"),
        ("decoder.output_norm.{kind}", "decoder.ln_post.{kind}"),
        ("decoder.prediction.hidden.{kind}", "decoder.ffn.0.{kind}"),
        ("decoder.prediction.output.{kind}", "decoder.ffn.2.{kind}"),
    ];
}
