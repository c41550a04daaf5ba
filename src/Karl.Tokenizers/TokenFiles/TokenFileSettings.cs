using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.TokenFiles;

/// <summary>What all tokens of one file have in common; a file begun with others is not continued.</summary>
/// <param name="Model">The first 16 hexadecimal digits of the SHA-256 of the model's encoder graph, or of the hashes of all graphs that make tokens.</param>
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

    /// <summary>How token files call a model: by its encoder graph, which determines the tokens, together with the graph of its rounds where it has one.</summary>
    public static string ModelOf(BundleManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        string encoder = manifest.Parts.First(part => part.Name == Bundle.EncoderPart).Sha256;
        string whole = manifest.Parts.FirstOrDefault(part => part.Name == Bundle.RoundPart) is BundlePart round
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(encoder + round.Sha256)))
            : encoder;
        return whole[..ModelDigits];
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"model {Model}, epsilon {Epsilon}, budget {Budget}");
}
