using System.Diagnostics.CodeAnalysis;
using Karl.Tokenizers.Bundles;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Export.Verification.Internals;

/// <summary>Recordings of KARL: <c>img0.b32.q0.05.halt_logit</c>.</summary>
internal sealed class KarlRecordings : RecordingFormat
{
    /// <inheritdoc/>
    public override string Title => "KARL";

    /// <inheritdoc/>
    public override string ExampleKey => "img0.b32.q0.05.halt_logit";

    /// <inheritdoc/>
    public override RunSettings DefaultSettings { get; } = new(32, 0.05f);

    /// <inheritdoc/>
    public override bool TryParse(string text, [NotNullWhen(true)] out RecordedKey? key) => RecordedKey.TryParse(text, out key);

    /// <inheritdoc/>
    public override IEnumerable<(Func<RecordedKey, bool> IsWrong, string Reason)> Misfits(Bundle bundle)
    {
        var manifest = bundle.Manifest;
        var isVae = manifest.Base == "vae";
        return
        [
            (key => key.Latent == LatentChoice.None == isVae, $"was recorded over a {(isVae ? "VQGAN" : "VAE")}; bundle '{bundle.Name}' is over a {(isVae ? "VAE" : "VQGAN")}"),
            (key => !manifest.Quantized && key.Quantity.Name is "indices" or "indices_margin" or "latents_quantized", $"was recorded with quantized latents; those of bundle '{bundle.Name}' are continuous"),
            (key => isVae && key.Quantity.Name is "logits" or "logits_lse" or "logits_argmax" or "gt_indices" or "gt_indices_margin", $"was recorded over a VQGAN; bundle '{bundle.Name}' is over a VAE"),
            (key => !isVae && key.Quantity.Name is "posterior_mean" or "posterior_logvar", $"was recorded over a VAE; bundle '{bundle.Name}' is over a VQGAN"),
        ];
    }

    /// <inheritdoc/>
    public override StageInputs EncoderInputs(RecordedRun run, RunState state, BundleManifest manifest, Recording recording, InferenceSession session) =>
        StageInputs.Encoder(run, state, manifest, recording, session);

    /// <inheritdoc/>
    public override int[] Kept(StageRun encoder)
    {
        var active = encoder.Active.Values;
        return [.. Enumerable.Range(0, active.Length).Where(position => active[position] == 1)];
    }
}
