using System.Globalization;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.TokenFiles;

/// <summary>What all tokens of one file have in common; a file begun with others is not continued.</summary>
/// <param name="Model">The first 16 hexadecimal digits of the SHA-256 of the model's encoder graph.</param>
/// <param name="Epsilon">The reconstruction error that was asked for.</param>
/// <param name="Budget">Most tokens that an image could take.</param>
public sealed record TokenFileSettings(string Model, float Epsilon, int Budget)
{
    private const int ModelDigits = 16;

    /// <summary>The settings of work with this model and these options.</summary>
    public static TokenFileSettings Of(BundleManifest manifest, TokenizeOptions options)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(options);
        ResolvedTokenizeOptions resolved = options.Resolve(manifest);
        return new TokenFileSettings(ModelOf(manifest), resolved.Epsilon, resolved.Budget);
    }

    /// <summary>How token files call a model: by its encoder graph, which alone determines the tokens.</summary>
    public static string ModelOf(BundleManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return manifest.Parts.First(part => part.Name == Bundle.EncoderPart).Sha256[..ModelDigits];
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"model {Model}, epsilon {Epsilon}, budget {Budget}");
}
