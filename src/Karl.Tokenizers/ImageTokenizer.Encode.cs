using System.Buffers;
using System.Runtime.InteropServices;
using Karl.Tokenizers.Families.Internals;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers;

public sealed partial class ImageTokenizer
{
    /// <summary>Tokenizes an image of any size; it is resized and cropped as the original does.</summary>
    /// <param name="image">8-bit RGB.</param>
    /// <param name="options">How; null is <see cref="TokenizeOptions"/>' defaults.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    public TokenSequence Encode(RgbImage image, TokenizeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Encode([image], options, cancellationToken)[0];
    }

    /// <summary>Tokenizes an image file.</summary>
    /// <param name="path">JPEG, PNG and what else the options' decoder reads.</param>
    /// <param name="options">How; null is <see cref="TokenizeOptions"/>' defaults.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <exception cref="KarlFormatException">The file is not an image or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public TokenSequence Encode(string path, TokenizeOptions? options = null, CancellationToken cancellationToken = default) =>
        Encode(_options.ImageDecoder.Decode(path, cancellationToken), options, cancellationToken);

    /// <summary>Tokenizes images of any size, <see cref="ImageTokenizerOptions.BatchSize"/> in a run; each gets the tokens that it would get alone.</summary>
    /// <param name="images">8-bit RGB.</param>
    /// <param name="options">How, for all; null is <see cref="TokenizeOptions"/>' defaults.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <returns>As many sequences, in the same order.</returns>
    public TokenSequence[] Encode(IReadOnlyList<RgbImage> images, TokenizeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        IImageEncoder encoder = RequireEncoder();
        ResolvedTokenizeOptions resolved = (options ?? new TokenizeOptions()).Resolve(Manifest);
        TokenSequence[] results = new TokenSequence[images.Count];
        int batchSize = Math.Min(_options.BatchSize, images.Count);
        float[] pixels = ArrayPool<float>.Shared.Rent(batchSize * ValuesPerImage);
        try
        {
            for (int start = 0; start < images.Count; start += batchSize)
            {
                int count = Math.Min(batchSize, images.Count - start);
                for (int index = 0; index < count; index++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    RgbImage image = images[start + index] ?? throw new ArgumentException($"Image {start + index} is null.", nameof(images));
                    _preprocessor.Process(image, pixels.AsSpan(index * ValuesPerImage, ValuesPerImage));
                }

                encoder.Run(pixels.AsMemory(0, count * ValuesPerImage), count, resolved, results.AsSpan(start, count), [], cancellationToken);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(pixels);
        }

        return results;
    }

    /// <summary>Tokenizes images that are the model's input already, without copying them.</summary>
    /// <param name="pixels"><c>[batch, 3, ImageSize, ImageSize]</c>, float32, red, green, blue planes, values 0 to 1; the length gives the batch.</param>
    /// <param name="options">How, for all; null is <see cref="TokenizeOptions"/>' defaults.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <returns>As many sequences, in the same order.</returns>
    public TokenSequence[] Encode(ReadOnlyMemory<float> pixels, TokenizeOptions? options = null, CancellationToken cancellationToken = default)
    {
        IImageEncoder encoder = RequireEncoder();
        ResolvedTokenizeOptions resolved = (options ?? new TokenizeOptions()).Resolve(Manifest);
        if (pixels.Length % ValuesPerImage != 0)
        {
            throw new ArgumentException($"There are {pixels.Length} values; a multiple of 3 x {ImageSize} x {ImageSize} = {ValuesPerImage} was expected.", nameof(pixels));
        }

        TokenSequence[] results = new TokenSequence[pixels.Length / ValuesPerImage];
        for (int start = 0; start < results.Length; start += _options.BatchSize)
        {
            int count = Math.Min(_options.BatchSize, results.Length - start);
            Memory<float> batch = MemoryMarshal.AsMemory(pixels.Slice(start * ValuesPerImage, count * ValuesPerImage));
            encoder.Run(batch, count, resolved, results.AsSpan(start, count), [], cancellationToken);
        }

        return results;
    }
}
