using System.Collections.Immutable;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Sessions.Internals;

namespace Karl.Tokenizers.Families.Internals;

/// <summary>What one model family does otherwise than the others when its bundles are read and run; nothing else asks for a family's name.</summary>
/// <remarks>
/// What they have in common: an image of <c>[3, size, size]</c> goes in; tokens with positions come out; the decoder takes any tokens with their positions and
/// gives an image. See <c>docs/families.md</c>.
/// </remarks>
internal abstract class ModelFamily
{
    private static readonly ImmutableArray<ModelFamily> All = [new KarlFamily(), new AlitFamily(), new OneDPieceFamily()];

    /// <summary>All names, as messages list them.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(family => $"'{family.Name}'"));

    /// <summary>What bundles call it: see <see cref="FamilyNames"/>.</summary>
    public abstract string Name { get; }

    /// <summary>The parts that a bundle must have.</summary>
    public virtual ImmutableArray<string> Parts => [Bundle.EncoderPart, Bundle.DecoderPart];

    /// <summary>How the published scripts resize images.</summary>
    public virtual Resampling Resampling => Resampling.Bicubic;

    /// <summary>The family of that name, or null.</summary>
    public static ModelFamily? Find(string? name) => All.FirstOrDefault(family => family.Name == name);

    /// <summary>The family of a bundle whose manifest was checked.</summary>
    public static ModelFamily Of(BundleManifest manifest) =>
        Find(manifest.Family) ?? throw new ArgumentException($"There is no model family '{manifest.Family}'; there are {Names}.", nameof(manifest));

    /// <summary>What must hold in a manifest of this family beyond what must hold in all; a sentence for each thing that does not.</summary>
    public abstract IEnumerable<string> Problems(BundleManifest manifest);

    /// <summary>What the graph in <see cref="Bundle.EncoderPart"/> takes and gives.</summary>
    public abstract GraphContract EncoderContract(BundleManifest manifest);

    /// <summary>What the decoder may give beside the image.</summary>
    public virtual IEnumerable<TensorContract> ExtraDecoderOutputs(BundleManifest manifest) => [];

    /// <summary>Loads what turns images into tokens.</summary>
    /// <exception cref="KarlFormatException">A part is missing, damaged, or not what it should be.</exception>
    public abstract IImageEncoder CreateEncoder(EncoderResources resources);
}
