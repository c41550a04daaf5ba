using Karl.Export.Architectures;
using Karl.Export.Checkpoints;
using Karl.Export.Naming;
using Karl.Export.Verification;
using Karl.Export.Verification.Internals;
using Karl.Networks;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Families;

namespace Karl.Export.Families;

/// <summary>KARL's checkpoints and recordings.</summary>
internal sealed class KarlExport : ExportFamily
{
    /// <inheritdoc/>
    public override string Name => FamilyNames.Karl;

    /// <inheritdoc/>
    public override string Title => "KARL";

    /// <inheritdoc/>
    public override IEnumerable<ArchitectureHint> Presets => KarlPresets.All.Select(preset =>
        new ArchitectureHint($"preset '{preset.Name}'") { Encoder = preset.Encoder, Decoder = preset.Decoder, Preset = preset.Name });

    /// <summary>By the learned rows of reconstruction errors, which no other family has.</summary>
    public override bool Recognizes(StateDict weights) => weights.Contains("latent_tokens") && weights.Contains("rec_loss_embeddings");

    /// <inheritdoc/>
    public override InferredTokenizer Infer(Checkpoint checkpoint, StateDict weights, ArchitectureHint? hint)
    {
        var (architecture, preset, epsilon) = ArchitectureInference.Infer(checkpoint, weights, hint);
        return new(architecture, preset) { DefaultEpsilon = epsilon };
    }

    /// <inheritdoc/>
    public override NameMap WeightNames(ITokenizerArchitecture architecture) => KarlNames.For(architecture.Base);

    /// <inheritdoc/>
    public override BundleManifest Complete(BundleManifest manifest, ITokenizerArchitecture architecture)
    {
        var karl = (KarlArchitecture)architecture;
        return manifest with { ErrorBins = [.. karl.ErrorBins], HaltingThreshold = karl.HaltingThreshold };
    }

    /// <inheritdoc/>
    public override VerificationReport Verify(Bundle bundle, string recordingPath, RecordedImages images, VerificationOptions options, CancellationToken cancellationToken) =>
        VerificationWorker.Run(bundle, recordingPath, new KarlRecordings(), images, options, cancellationToken);
}
