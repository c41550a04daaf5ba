using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.Families.Internals;

/// <summary>What a graph gives for the first places, all of them kept, as token sequences.</summary>
internal static class MadeTokens
{
    /// <summary>Codes.</summary>
    /// <param name="codes"><c>[images, tokens]</c>.</param>
    /// <param name="entries">The codebook's entries beside them, <c>[images, tokens, latent width]</c>; empty where nobody wants them.</param>
    /// <param name="images">Images.</param>
    /// <param name="manifest">Tells the codebook.</param>
    /// <param name="part">The part that gave them, for messages.</param>
    /// <param name="options">What was asked for.</param>
    /// <exception cref="KarlFormatException">A code is outside the codebook.</exception>
    public static TokenSequence[] Quantized(ReadOnlySpan<long> codes, ReadOnlySpan<float> entries, int images, BundleManifest manifest, string part, ResolvedTokenizeOptions options)
    {
        int tokens = codes.Length / images, values = entries.Length / images;
        TokenSequence[] sequences = new TokenSequence[images];
        for (int image = 0; image < images; image++)
        {
            sequences[image] = TokenSequence.Trusted(
                Positions(tokens),
                Checked(codes.Slice(image * tokens, tokens), manifest, part),
                manifest.CodebookSize,
                entries.Slice(image * values, values).ToArray(),
                values == 0 ? 0 : manifest.LatentWidth,
                options.Budget,
                options.Epsilon,
                [],
                runs: default);
        }

        return sequences;
    }

    /// <summary>Continuous latents.</summary>
    /// <param name="latents"><c>[images, tokens, latent width]</c>.</param>
    /// <param name="images">Images.</param>
    /// <param name="manifest">Tells the latent width.</param>
    /// <param name="options">What was asked for.</param>
    public static TokenSequence[] Continuous(ReadOnlySpan<float> latents, int images, BundleManifest manifest, ResolvedTokenizeOptions options)
    {
        int values = latents.Length / images;
        TokenSequence[] sequences = new TokenSequence[images];
        for (int image = 0; image < images; image++)
        {
            sequences[image] = TokenSequence.Trusted(
                Positions(values / manifest.LatentWidth), [], null, latents.Slice(image * values, values).ToArray(), manifest.LatentWidth, options.Budget, options.Epsilon, [], runs: default);
        }

        return sequences;
    }

    private static int[] Positions(int tokens) => [.. Enumerable.Range(0, tokens)];

    private static int[] Checked(ReadOnlySpan<long> codes, BundleManifest manifest, string part)
    {
        int[] all = new int[codes.Length];
        for (int index = 0; index < all.Length; index++)
        {
            all[index] = codes[index] >= 0 && codes[index] < manifest.CodebookSize
                ? (int)codes[index]
                : throw new KarlFormatException($"Part '{part}' gave code {codes[index]}; its manifest says that the codebook has {manifest.CodebookSize} entries.");
        }

        return all;
    }
}
