using System.Buffers;
using Karl.Tokenizers.Imaging.Internals.Resizing;

namespace Karl.Tokenizers.Imaging;

/// <summary>Resizes and crops to the tokenizer's square exactly as the original does with PIL and torchvision, bit for bit.</summary>
/// <remarks>
/// The shorter side becomes <c>size</c>, the longer <c>int(size * long / short)</c>; PIL's antialiased filter in two passes
/// of 8-bit fixed point (22-bit weights), horizontal first, each rounded to a byte; then the centre, its offset
/// <c>round((length - size) / 2)</c> with halves to even. Only the pixels that survive the crop are computed.
/// </remarks>
public sealed class ImagePreprocessor
{
    /// <summary>Creates a preprocessor; it holds nothing but its options and serves any number of threads.</summary>
    public ImagePreprocessor(ImagePreprocessorOptions? options = null)
    {
        Options = options ?? new ImagePreprocessorOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(Options.Size, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Options.Size, 16384, nameof(options));
    }

    /// <summary>What the preprocessor was made with.</summary>
    public ImagePreprocessorOptions Options { get; }

    /// <summary>Values of one preprocessed image: <c>3 * size * size</c>, as bytes or as floats.</summary>
    public int ValueCount => RgbImage.Channels * Options.Size * Options.Size;

    /// <summary>Preprocesses into a new image of <c>size x size</c>.</summary>
    public RgbImage Process(RgbImage image)
    {
        RgbImage result = new(Options.Size, Options.Size);
        Process(image, result.Pixels.Span);
        return result;
    }

    /// <summary>Preprocesses into the caller's memory as 8-bit RGB.</summary>
    /// <param name="image">Image of any size.</param>
    /// <param name="destination"><c>[size, size, 3]</c>, at least <see cref="ValueCount"/> bytes.</param>
    public void Process(RgbImage image, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(image);
        RequireRoom(destination.Length);
        destination = destination[..ValueCount];
        if (Options.Fit == ImageFit.CropOnly)
        {
            CenterCrop.Copy(image, Options.Size, destination);
        }
        else
        {
            Resizer.ResizeAndCrop(image, Options.Size, Options.Resampling, destination);
        }
    }

    /// <summary>Preprocesses into the caller's memory as the network's input.</summary>
    /// <param name="image">Image of any size.</param>
    /// <param name="destination"><c>[3, size, size]</c>, values 0 to 1, at least <see cref="ValueCount"/> floats.</param>
    public void Process(RgbImage image, Span<float> destination)
    {
        RequireRoom(destination.Length);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(ValueCount);
        try
        {
            Process(image, bytes.AsSpan(0, ValueCount));
            PlanarPixels.FromRgb(bytes.AsSpan(0, ValueCount), destination[..ValueCount]);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void RequireRoom(int destination)
    {
        if (destination < ValueCount)
        {
            throw new ArgumentException($"The destination holds {destination} values; [3, {Options.Size}, {Options.Size}] needs {ValueCount}.", nameof(destination));
        }
    }
}
