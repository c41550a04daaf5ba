using Karl.Networks;

namespace Karl.Export.Naming;

/// <summary>
/// The one place where the names of published One-D-Piece and TiTok checkpoints stand (released code 473665d). None is published over a VAE; there its decoder has the names that it has
/// in ALIT's checkpoints.
/// </summary>
public static class OneDPieceNames
{
    private static readonly NameMap OverVqgan = new([.. Transformers(), .. Pixels()]);
    private static readonly NameMap OverVae = new([.. Transformers(), .. SharedNames.Base("base_tokenizer.vae")]);

    /// <summary>The map for networks over the given base tokenizer.</summary>
    public static NameMap For(BaseArchitecture baseArchitecture) => baseArchitecture is VqganArchitecture ? OverVqgan : OverVae;

    private static IEnumerable<(string Ours, string Published)> Transformers() =>
    [
        ("encoder.latent_tokens", "latent_tokens"),
        ("encoder.latent_positions", "encoder.latent_token_positional_embedding"),
        ("encoder.class_token", "encoder.class_embedding"),
        ("encoder.positions", "encoder.positional_embedding"),
        ("encoder.patch_embedding.{kind}", "encoder.patch_embed.{kind}"),
        ("encoder.input_norm.{kind}", "encoder.ln_pre.{kind}"),
        .. SharedNames.Blocks("encoder.blocks.{n}", "encoder.transformer.{n}"),
        ("encoder.latents.norm.{kind}", "encoder.ln_post.{kind}"),
        ("encoder.latents.output.{kind}", "encoder.conv_out.{kind}"),
        ("codebook.weight", "quantize.embedding.weight"),
        ("decoder.latent_embedding.{kind}", "decoder.decoder_embed.{kind}"),
        ("decoder.latent_positions", "decoder.latent_token_positional_embedding"),
        ("decoder.class_token", "decoder.class_embedding"),
        ("decoder.mask_token", "decoder.mask_token"),
        ("decoder.positions", "decoder.positional_embedding"),
        ("decoder.input_norm.{kind}", "decoder.ln_pre.{kind}"),
        .. SharedNames.Blocks("decoder.blocks.{n}", "decoder.transformer.{n}"),
        ("decoder.output_norm.{kind}", "decoder.ln_post.{kind}"),
        ("decoder.prediction.hidden.{kind}", "decoder.ffn.0.{kind}"),
        ("decoder.prediction.output.{kind}", "decoder.ffn.2.{kind}"),
    ];

    private static IEnumerable<(string Ours, string Published)> Pixels() =>
    [
        ("base.codebook.weight", "pixel_quantize.embedding.weight"),
        ("base.decoder.input.{kind}", "pixel_decoder.conv_in.{kind}"),
        .. Residual("base.decoder.middle.first", "pixel_decoder.mid.0"),
        .. Residual("base.decoder.middle.second", "pixel_decoder.mid.1"),
        .. Residual("base.decoder.levels.{n}.blocks.{m}", "pixel_decoder.up.{n}.block.{m}"),
        ("base.decoder.levels.{n}.upsample.{kind}", "pixel_decoder.up.{n}.upsample_conv.{kind}"),
        ("base.decoder.output_norm.{kind}", "pixel_decoder.norm_out.{kind}"),
        ("base.decoder.output.{kind}", "pixel_decoder.conv_out.{kind}"),
    ];

    private static IEnumerable<(string Ours, string Published)> Residual(string ours, string published) =>
    [
        ($"{ours}.first_norm.{{kind}}", $"{published}.norm1.{{kind}}"),
        ($"{ours}.first.{{kind}}", $"{published}.conv1.{{kind}}"),
        ($"{ours}.second_norm.{{kind}}", $"{published}.norm2.{{kind}}"),
        ($"{ours}.second.{{kind}}", $"{published}.conv2.{{kind}}"),
        ($"{ours}.shortcut.{{kind}}", $"{published}.nin_shortcut.{{kind}}"),
    ];
}
