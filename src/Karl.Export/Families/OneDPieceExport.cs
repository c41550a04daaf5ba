using Karl.Export.Architectures;
using Karl.Export.Architectures.Internals;
using Karl.Export.Checkpoints;
using Karl.Export.Naming;
using Karl.Export.Verification;
using Karl.Export.Verification.Internals;
using Karl.Networks;
using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Families;

namespace Karl.Export.Families;

/// <summary>Checkpoints and recordings of One-D-Piece and TiTok.</summary>
internal sealed class OneDPieceExport : ExportFamily
{
    private const string ConfigurationFile = "config.json";

    /// <inheritdoc/>
    public override string Name => FamilyNames.OneDPiece;

    /// <inheritdoc/>
    public override string Title => "One-D-Piece";

    /// <inheritdoc/>
    public override IEnumerable<ArchitectureHint> Presets => OneDPiecePresets.All.Select(preset => new ArchitectureHint($"preset '{preset.Name}'")
    {
        Family = FamilyNames.OneDPiece,
        Encoder = preset.Transformer,
        Decoder = preset.Transformer,
        Preset = preset.Name,
        Latents = preset.Latents,
        HasFixedLength = preset.HasFixedLength,
    });

    /// <summary>By the names of the latent tokens' positions and of the 1 x 1 convolution behind them.</summary>
    public override bool Recognizes(StateDict weights) =>
        weights.Contains("latent_tokens") && weights.Contains("encoder.latent_token_positional_embedding") && weights.Contains("encoder.conv_out.weight");

    /// <summary>Models are published as weights with a <c>config.json</c> beside them.</summary>
    public override ArchitectureHint? HintBeside(string checkpointPath)
    {
        var path = Path.Join(Path.GetDirectoryName(Path.GetFullPath(checkpointPath)), ConfigurationFile);
        return File.Exists(path) && OneDPieceConfiguration.Read(path) is { } configuration ? configuration.Hint() : null;
    }

    /// <inheritdoc/>
    public override InferredTokenizer Infer(Checkpoint checkpoint, StateDict weights, ArchitectureHint? hint)
    {
        var shapes = new WeightShapes(weights);
        hint = (hint ?? ArchitectureMetadata.Read(checkpoint)) is { } said ? said with { Family = Name } : null;
        var found = new OneDPieceArchitecture(
            Pixels(shapes, hint),
            new(shapes.Length("latent_tokens", 1, 2), shapes.Count("encoder.transformer."), 1),
            new(shapes.Length("decoder.mask_token", 2, 3), shapes.Count("decoder.transformer."), 1))
        {
            LatentCodebookSize = shapes.Length("quantize.embedding.weight", 0, 2),
            LatentWidth = shapes.Length("quantize.embedding.weight", 1, 2),
            MaximumLatents = shapes.Length("latent_tokens", 0, 2),
        };
        var grid = (int)Math.Round(Math.Sqrt(shapes.Length("encoder.positional_embedding", 0, 2) - 1));
        found = found with { ImageSize = grid * found.Base.PixelsPerToken };
        hint ??= Published(found);
        List<string> problems = [.. shapes.Problems];
        if (hint is null)
        {
            problems.Add($"nothing says how many attention heads there are (sizes are of no published model: encoder {Size(found.Encoder)}, decoder {Size(found.Decoder)}): give an architecture file (--architecture)");
        }
        else
        {
            problems.AddRange(hint.Contradictions(found));
            if (hint.Latents is { } latents && latents != found.MaximumLatents) problems.Add($"there are {found.MaximumLatents} latent tokens, {hint.Origin} says {latents}");
        }

        if (problems.Count > 0) throw new KarlFormatException($"'{weights.Source}': {string.Join("; ", problems)}.");
        var architecture = found with { Encoder = hint!.Encoder, Decoder = hint.Decoder, HasFixedLength = hint.HasFixedLength ?? false, MixesLatents = hint.MixesLatents ?? true };
        return new(architecture, hint.Preset ?? Published(architecture)?.Preset) { DefaultEpsilon = hint.DefaultEpsilon };
    }

    /// <inheritdoc/>
    public override NameMap WeightNames(ITokenizerArchitecture architecture) => OneDPieceNames.For(architecture.Base);

    /// <inheritdoc/>
    public override BundleManifest Complete(BundleManifest manifest, ITokenizerArchitecture architecture) =>
        ((OneDPieceArchitecture)architecture).HasFixedLength ? manifest with { BudgetStep = architecture.MaximumLatents } : manifest;

    /// <inheritdoc/>
    public override VerificationReport Verify(Bundle bundle, string recordingPath, RecordedImages images, VerificationOptions options, CancellationToken cancellationToken) =>
        VerificationWorker.Run(bundle, recordingPath, new OneDPieceRecordings(), images, options, cancellationToken);

    /// <summary>The codebook and decoder of MaskGIT's VQGAN, as published, or the decoder of a VAE.</summary>
    private static BaseArchitecture Pixels(WeightShapes shapes, ArchitectureHint? hint)
    {
        if (shapes.HasAny("base_tokenizer.vae."))
        {
            var vae = new VaeArchitecture { LatentChannels = shapes.Length("base_tokenizer.vae.post_quant_conv.weight", 0, 4) };
            vae = vae with { LatentScale = hint?.LatentScale ?? vae.LatentScale };
            return Levels(shapes, "base_tokenizer.vae.decoder", moreBlocks: 1, hint, vae);      // a VAE's decoder has one block more a level than its encoder
        }

        return Levels(shapes, "pixel_decoder", moreBlocks: 0, hint, new VqganArchitecture
        {
            CodebookSize = shapes.Length("pixel_quantize.embedding.weight", 0, 2),
            CodeWidth = shapes.Length("pixel_quantize.embedding.weight", 1, 2),
        });
    }

    private static BaseArchitecture Levels(WeightShapes shapes, string decoder, int moreBlocks, ArchitectureHint? hint, BaseArchitecture architecture)
    {
        var channels = shapes.Length($"{decoder}.conv_out.weight", 1, 4);
        return architecture with
        {
            Channels = channels,
            ChannelMultipliers = [.. Enumerable.Range(0, shapes.Count($"{decoder}.up.")).Select(level => shapes.Length($"{decoder}.up.{level}.block.0.conv1.weight", 0, 4) / channels)],
            BlocksPerLevel = shapes.Count($"{decoder}.up.0.block.") - moreBlocks,
            NormalizationGroups = hint?.NormalizationGroups ?? architecture.NormalizationGroups,
        };
    }

    /// <summary>The released code knows three sizes, each with its own number of heads: who has the width and the layers of one is of it.</summary>
    private ArchitectureHint? Published(OneDPieceArchitecture found) => Presets.FirstOrDefault(preset =>
        Size(preset.Encoder) == Size(found.Encoder) && Size(preset.Decoder) == Size(found.Decoder) && preset.Latents == found.MaximumLatents);

    private static string Size(TransformerSize size) => $"{size.Width} wide, {size.Layers} layers";
}
