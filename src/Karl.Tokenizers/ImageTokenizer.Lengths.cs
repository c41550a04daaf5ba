using System.Runtime.InteropServices;
using Karl.Tokenizers.Families.Internals;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers;

public sealed partial class ImageTokenizer
{
    /// <summary>Numbers of tokens that the model can give: multiples of the bundle's step up to its largest budget.</summary>
    public IReadOnlyList<int> Lengths
    {
        get
        {
            int step = Manifest.BudgetStep ?? 1;
            return [.. Enumerable.Range(1, Manifest.MaximumBudget / step).Select(number => number * step)];
        }
    }

    /// <summary>Tokenizes an image at several lengths from one call, with as few runs of the model as its family needs.</summary>
    /// <remarks>One-D-Piece takes one run for all of them, ALIT one for each round up to the longest, KARL one for each length.</remarks>
    /// <param name="image">8-bit RGB of any size.</param>
    /// <param name="lengths">Numbers of tokens, ascending; null is all of <see cref="Lengths"/>.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <returns>As many sequences, each exactly as long; each says the runs that it took beyond those before it.</returns>
    /// <exception cref="ArgumentException">A length cannot be, or they do not ascend.</exception>
    public TokenSequence[] EncodeLengths(RgbImage image, IReadOnlyList<int>? lengths = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        float[] pixels = new float[ValuesPerImage];
        _preprocessor.Process(image, pixels);
        return EncodeLengths(pixels, lengths, cancellationToken);
    }

    /// <summary>The same for an image that is the model's input already.</summary>
    /// <param name="pixels"><c>[3, ImageSize, ImageSize]</c>, float32, red, green, blue planes, values 0 to 1.</param>
    /// <param name="lengths">Numbers of tokens, ascending; null is all of <see cref="Lengths"/>.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <inheritdoc cref="EncodeLengths(RgbImage, IReadOnlyList{int}?, CancellationToken)"/>
    public TokenSequence[] EncodeLengths(ReadOnlyMemory<float> pixels, IReadOnlyList<int>? lengths = null, CancellationToken cancellationToken = default)
    {
        IImageEncoder encoder = RequireEncoder();
        if (pixels.Length != ValuesPerImage)
        {
            throw new ArgumentException($"There are {pixels.Length} values; 3 x {ImageSize} x {ImageSize} = {ValuesPerImage} was expected.", nameof(pixels));
        }

        lengths ??= Lengths;
        for (int index = 0; index < lengths.Count; index++)
        {
            TokenizeOptions.Exactly(lengths[index]).Resolve(Manifest);
            if (index > 0 && lengths[index] <= lengths[index - 1])
            {
                throw new ArgumentException($"Length {lengths[index]} follows {lengths[index - 1]}; ascending lengths were expected.", nameof(lengths));
            }
        }

        return lengths.Count == 0 ? [] : encoder.RunLengths(MemoryMarshal.AsMemory(pixels), lengths, cancellationToken);
    }
}
