using System.Runtime.InteropServices;
using Karl.Tokenizers.Families.Internals;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers;

public sealed partial class ImageTokenizer
{
    /// <summary>Tokenizes images and turns their tokens back, with as few runs as that takes: what a search for the fewest tokens has decoded is not decoded again.</summary>
    /// <param name="pixels"><c>[batch, 3, ImageSize, ImageSize]</c>, float32, red, green, blue planes, values 0 to 1; the length gives the batch.</param>
    /// <param name="destination">At least as long; receives the reconstructions, about 0 to 1, not clamped.</param>
    /// <param name="options">How, for all; null is <see cref="TokenizeOptions"/>' defaults.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <returns>As many sequences, whose <see cref="TokenSequence.Runs"/> say what tokens and reconstruction took together.</returns>
    /// <exception cref="ArgumentException">The options cannot be, or the pixels are no images.</exception>
    public TokenSequence[] EncodeAndDecode(ReadOnlyMemory<float> pixels, Span<float> destination, TokenizeOptions? options = null, CancellationToken cancellationToken = default)
    {
        IImageEncoder encoder = RequireEncoder();
        RequireDecoder();
        ResolvedTokenizeOptions resolved = (options ?? new TokenizeOptions()).Resolve(Manifest);
        if (pixels.Length % ValuesPerImage != 0 || destination.Length < pixels.Length)
        {
            throw new ArgumentException(
                $"There are {pixels.Length} values, and room for {destination.Length}; a multiple of 3 x {ImageSize} x {ImageSize} = {ValuesPerImage}, and room for as many, were expected.", nameof(pixels));
        }

        TokenSequence[] results = new TokenSequence[pixels.Length / ValuesPerImage];
        for (int start = 0; start < results.Length; start += _options.BatchSize)
        {
            int count = Math.Min(_options.BatchSize, results.Length - start);
            Span<TokenSequence> some = results.AsSpan(start, count);
            Span<float> reconstructions = destination.Slice(start * ValuesPerImage, count * ValuesPerImage);
            Memory<float> batch = MemoryMarshal.AsMemory(pixels.Slice(start * ValuesPerImage, count * ValuesPerImage));
            if (encoder.Run(batch, count, resolved, some, reconstructions, cancellationToken))
            {
                continue;
            }

            Decode(some.ToArray(), reconstructions, cancellationToken);
            foreach (ref TokenSequence tokens in some)
            {
                tokens = tokens.Took(tokens.Runs.GetValueOrDefault() + new ModelRuns(Encoder: 0, Decoder: 1));
            }
        }

        return results;
    }
}
