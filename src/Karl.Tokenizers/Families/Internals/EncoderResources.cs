using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Sessions.Internals;
using Karl.Tokenizers.Tokenization.Internals;

namespace Karl.Tokenizers.Families.Internals;

/// <summary>What a family makes its encoder of.</summary>
/// <param name="Manifest">What the bundle says about itself.</param>
/// <param name="Load">Loads a part of the bundle and checks it against a contract; who asked for it disposes it.</param>
/// <param name="Decoder">The decoder, shared; null unless <see cref="ModelFamily.DecodesWhileEncoding"/> asks for it.</param>
internal sealed record EncoderResources(BundleManifest Manifest, Func<string, GraphContract, GraphSession> Load, DecoderRunner? Decoder)
{
    /// <summary>The decoder of a family that asks for it.</summary>
    public DecoderRunner RequireDecoder() => Decoder ?? throw new InvalidOperationException($"Family '{Manifest.Family}' decodes while it encodes, but has no decoder.");
}
