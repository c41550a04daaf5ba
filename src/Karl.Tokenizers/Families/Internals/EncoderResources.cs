using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Sessions.Internals;
using Karl.Tokenizers.Tokenization.Internals;

namespace Karl.Tokenizers.Families.Internals;

/// <summary>What a family makes its encoder of.</summary>
/// <param name="Manifest">What the bundle says about itself.</param>
/// <param name="Load">Loads a part of the bundle and checks it against a contract; who asked for it disposes it.</param>
/// <param name="RequireDecoder">The decoder, for a family that decodes while it encodes; it is loaded when first asked for, and not the encoder's to dispose.</param>
internal sealed record EncoderResources(BundleManifest Manifest, Func<string, GraphContract, GraphSession> Load, Func<DecoderRunner> RequireDecoder);
