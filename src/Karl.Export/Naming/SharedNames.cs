namespace Karl.Export.Naming;

/// <summary>Published names that KARL and ALIT have in common: their transformer blocks and the base tokenizers underneath.</summary>
internal static class SharedNames
{
    /// <summary>Blocks of a transformer; both patterns have <c>{n}</c> for the number.</summary>
    public static IEnumerable<(string Ours, string Published)> Blocks(string ours, string published) =>
    [
        ($"{ours}.attention_norm.{{kind}}", $"{published}.ln_1.{{kind}}"),
        ($"{ours}.attention.input.{{kind}}", $"{published}.attn.in_proj_{{kind}}"),
        ($"{ours}.attention.output.{{kind}}", $"{published}.attn.out_proj.{{kind}}"),
        ($"{ours}.feed_forward_norm.{{kind}}", $"{published}.ln_2.{{kind}}"),
        ($"{ours}.feed_forward.hidden.{{kind}}", $"{published}.mlp.c_fc.{{kind}}"),
        ($"{ours}.feed_forward.output.{{kind}}", $"{published}.mlp.c_proj.{{kind}}"),
    ];

    /// <summary>The base tokenizer, whichever it is.</summary>
    public static IEnumerable<(string Ours, string Published)> Base(string published) =>
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
