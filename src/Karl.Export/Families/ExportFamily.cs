using System.Collections.Immutable;
using Karl.Export.Architectures;
using Karl.Export.Checkpoints;
using Karl.Export.Naming;
using Karl.Export.Verification;
using Karl.Networks;
using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;

namespace Karl.Export.Families;

/// <summary>What one model family does otherwise than the others when its checkpoints are exported and its recordings compared. See <c>docs/families.md</c>.</summary>
internal abstract class ExportFamily
{
    private static readonly ImmutableArray<ExportFamily> All = [new KarlExport(), new AlitExport(), new OneDPieceExport()];

    /// <summary>What bundles call it: see <see cref="Tokenizers.Families.FamilyNames"/>.</summary>
    public abstract string Name { get; }

    /// <summary>What people call it.</summary>
    public abstract string Title { get; }

    /// <summary>What each published preset says.</summary>
    public abstract IEnumerable<ArchitectureHint> Presets { get; }

    /// <summary>Names of all families, as messages list them.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(family => $"'{family.Name}'"));

    /// <summary>Presets of all families.</summary>
    public static IEnumerable<ArchitectureHint> AllPresets => All.SelectMany(family => family.Presets);

    /// <summary>The family of that name, or null.</summary>
    public static ExportFamily? Find(string? name) => All.FirstOrDefault(family => family.Name == name);

    /// <summary>The family of a bundle.</summary>
    public static ExportFamily Of(BundleManifest manifest) =>
        Find(manifest.Family) ?? throw new KarlFormatException($"The bundle is of family '{manifest.Family}'; those that can be compared are {Names}.");

    /// <summary>The family that weights are of.</summary>
    /// <exception cref="KarlFormatException">They are of none, or of another than the hint's.</exception>
    public static ExportFamily Of(StateDict weights, ArchitectureHint? hint)
    {
        var family = All.FirstOrDefault(family => family.Recognizes(weights))
            ?? throw new KarlFormatException(
                $"'{weights.Source}' is not a checkpoint of {string.Join(", ", All.Select(family => family.Title))}: among its {weights.Count} weights ({string.Join(", ", weights.Names.Take(3))} ...) are not those that one of them has. It may lack a part, or be of something else.");
        return hint is null || hint.Family == family.Name
            ? family
            : throw new KarlFormatException($"'{weights.Source}' is a checkpoint of {family.Title}; {hint.Origin} is of family '{hint.Family}'.");
    }

    /// <summary>Whether weights are this family's, by the names that all its checkpoints have and no other's.</summary>
    public abstract bool Recognizes(StateDict weights);

    /// <summary>What a file beside a checkpoint says about it, where the family is published with such a file; null where there is none.</summary>
    /// <exception cref="KarlFormatException">The file cannot be used.</exception>
    public virtual ArchitectureHint? HintBeside(string checkpointPath) => null;

    /// <summary>Tells the architecture from the names and shapes of weights and from what is said about it.</summary>
    /// <exception cref="KarlFormatException">They contradict each other, or not enough is said. All problems are listed.</exception>
    public abstract InferredTokenizer Infer(Checkpoint checkpoint, StateDict weights, ArchitectureHint? hint);

    /// <summary>The published names of the weights.</summary>
    public abstract NameMap WeightNames(ITokenizerArchitecture architecture);

    /// <summary>Whether a published weight serves training only and is left out of a model.</summary>
    public virtual bool IsTrainingOnly(string published) => KarlNames.IsTrainingOnly(published);

    /// <summary>What the family's manifests say beyond what all say.</summary>
    public abstract BundleManifest Complete(BundleManifest manifest, ITokenizerArchitecture architecture);

    /// <summary>Compares a bundle with a recording of the original.</summary>
    /// <inheritdoc cref="Verifier.Verify"/>
    public abstract VerificationReport Verify(Bundle bundle, string recordingPath, RecordedImages images, VerificationOptions options, CancellationToken cancellationToken);
}
