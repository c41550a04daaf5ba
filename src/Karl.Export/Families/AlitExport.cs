using System.Globalization;
using Karl.Export.Architectures;
using Karl.Export.Architectures.Internals;
using Karl.Export.Checkpoints;
using Karl.Export.Naming;
using Karl.Export.Verification;
using Karl.Export.Verification.Internals.Alit;
using Karl.Networks;
using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Families;

namespace Karl.Export.Families;

/// <summary>ALIT's checkpoints and recordings.</summary>
internal sealed class AlitExport : ExportFamily
{
    private const float PublishedEpsilon = 0.07f;

    /// <inheritdoc/>
    public override string Name => FamilyNames.Alit;

    /// <inheritdoc/>
    public override string Title => "ALIT";

    /// <inheritdoc/>
    public override IEnumerable<ArchitectureHint> Presets => AlitPresets.All.Select(preset =>
        new ArchitectureHint($"preset '{preset.Name}'") { Family = FamilyNames.Alit, Encoder = preset.Encoder, Decoder = preset.Decoder, Preset = preset.Name });

    /// <summary>By the rows of each round, which no other family has.</summary>
    public override bool Recognizes(StateDict weights) => weights.Contains("latent_tokens") && weights.Contains("timestep_embedding");

    /// <inheritdoc/>
    public override InferredTokenizer Infer(Checkpoint checkpoint, StateDict weights, ArchitectureHint? hint)
    {
        var shapes = new WeightShapes(weights);
        hint = (hint ?? ArchitectureMetadata.Read(checkpoint) ?? StoredArguments.Hint(checkpoint)) is { } said ? (said with { Family = Name }).Recognized() : null;
        var quantized = shapes.Has("quantize.embedding.weight");
        var found = new AlitArchitecture(
            ArchitectureInference.Base(shapes, hint),
            new(shapes.Length("latent_tokens", 1, 2), shapes.Count("encoder.transformer."), 1),
            new(shapes.Length("decoder_mask_token", 2, 3), shapes.Count("decoder.transformer."), 1))
        {
            Quantized = quantized,
            LatentWidth = shapes.Length("pre_quantizer_mlp.weight", 0, 2),
            LatentsPerRound = shapes.Length("latent_tokens", 0, 2),
            Rounds = shapes.Length("timestep_embedding", 0, 3),
        };
        if (quantized) found = found with { LatentCodebookSize = shapes.Length("quantize.embedding.weight", 0, 2) };
        var grid = (int)Math.Round(Math.Sqrt(shapes.Length("encoder_positional_embedding", 0, 2) - 1));
        found = found with { ImageSize = grid * found.Base.PixelsPerToken };
        List<string> problems = [.. shapes.Problems];
        if (!shapes.Has("decoder.decoder_embed.weight"))
        {
            problems.Add("its latents are not factorized: the weight 'decoder.decoder_embed.weight' is missing, which all published models have");
        }
        if (hint is null)
        {
            problems.Add("nothing says how many attention heads there are: name a preset (--preset) or give an architecture file (--architecture)");
        }
        else
        {
            problems.AddRange(hint.Contradictions(found));
            if (hint.ImageSize is { } size && size != found.ImageSize)
            {
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"there are positions for images of {found.ImageSize} pixels, {hint.Origin} says {size}"));
            }
        }
        if (problems.Count > 0) throw new KarlFormatException($"'{weights.Source}': {string.Join("; ", problems)}.");
        return new(found with { Encoder = hint!.Encoder, Decoder = hint.Decoder }, hint.Preset) { DefaultEpsilon = hint.DefaultEpsilon ?? PublishedEpsilon };
    }

    /// <inheritdoc/>
    public override NameMap WeightNames(ITokenizerArchitecture architecture) => AlitNames.For(architecture.Base);

    /// <inheritdoc/>
    public override BundleManifest Complete(BundleManifest manifest, ITokenizerArchitecture architecture)
    {
        var alit = (AlitArchitecture)architecture;
        return manifest with
        {
            BudgetStep = alit.LatentsPerRound,
            DefaultBudget = alit.MaximumLatents,
            ImageHaltingThreshold = alit.Base is VqganArchitecture ? alit.HaltingThreshold : null,
        };
    }

    /// <inheritdoc/>
    public override VerificationReport Verify(Bundle bundle, string recordingPath, RecordedImages images, VerificationOptions options, CancellationToken cancellationToken) =>
        AlitVerification.Run(bundle, recordingPath, images, options, cancellationToken);
}
