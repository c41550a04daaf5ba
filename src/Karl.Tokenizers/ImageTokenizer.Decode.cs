using System.Buffers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Tokenization;
using Karl.Tokenizers.Tokenization.Internals;

namespace Karl.Tokenizers;

public sealed partial class ImageTokenizer
{
    /// <summary>Turns tokens back into an image of <see cref="ImageSize"/> squared, truncated to bytes as the original does.</summary>
    /// <param name="tokens">Tokens of a model with the same codebook or latent width.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <exception cref="ArgumentException">They are another kind of model's tokens.</exception>
    public RgbImage Decode(TokenSequence tokens, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return Decode([tokens], cancellationToken)[0];
    }

    /// <summary>Turns many back, those with as many tokens together; each gives the image that it would give alone.</summary>
    /// <returns>As many images, in the same order.</returns>
    /// <inheritdoc cref="Decode(TokenSequence, CancellationToken)"/>
    public RgbImage[] Decode(IReadOnlyList<TokenSequence> tokens, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        int[] order = [.. Enumerable.Range(0, tokens.Count).OrderBy(index => tokens[index]?.Count)];
        RgbImage[] images = new RgbImage[tokens.Count];
        float[] pixels = ArrayPool<float>.Shared.Rent(Math.Min(_options.BatchSize, order.Length) * ValuesPerImage);
        try
        {
            foreach (int[] together in order.Chunk(_options.BatchSize))
            {
                Decode([.. together.Select(index => tokens[index])], pixels, cancellationToken);
                for (int index = 0; index < together.Length; index++)
                {
                    images[together[index]] = PlanarPixels.ToImage(pixels.AsSpan(index * ValuesPerImage, ValuesPerImage), ImageSize, ImageSize);
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(pixels);
        }

        return images;
    }

    /// <summary>Turns tokens back into the caller's memory, as the network gives them.</summary>
    /// <param name="tokens">Tokens of a model with the same codebook or latent width.</param>
    /// <param name="destination">At least <c>[3, ImageSize, ImageSize]</c> float32 planes, about 0 to 1, not clamped.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <exception cref="ArgumentException">They are another kind of model's tokens, or the destination is too small.</exception>
    public void Decode(TokenSequence tokens, Span<float> destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        Decode([tokens], destination, cancellationToken);
    }

    /// <summary>Turns many back into the caller's memory, as the network gives them.</summary>
    /// <param name="tokens">Tokens of a model with the same codebook or latent width.</param>
    /// <param name="destination">At least <c>[tokens, 3, ImageSize, ImageSize]</c> float32 planes, about 0 to 1, not clamped.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <exception cref="ArgumentException">They are another kind of model's tokens, or the destination is too small.</exception>
    public void Decode(IReadOnlyList<TokenSequence> tokens, Span<float> destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        DecoderRunner decoder = RequireDecoder();
        long needed = (long)tokens.Count * ValuesPerImage;
        if (destination.Length < needed)
        {
            throw new ArgumentException($"The destination holds {destination.Length} values; {tokens.Count} x 3 x {ImageSize} x {ImageSize} = {needed} was expected.", nameof(destination));
        }

        decoder.Run(tokens, destination[..(int)needed], cancellationToken);
    }
}
