using System.Buffers;

namespace Karl.Tokenizers.Imaging.Internals.Resizing;

/// <summary>Resizes, computing only the pixels that are wanted.</summary>
internal static class Resizer
{
    /// <summary>Rows of the intermediate image start at multiples of this many bytes, with at least one byte to spare.</summary>
    private const int RowAlignment = 32;

    /// <summary>Resizes so that the shorter side fits and crops the centre, into <c>[size, size, 3]</c>.</summary>
    public static void ResizeAndCrop(RgbImage image, int size, Resampling resampling, Span<byte> destination)
    {
        long width = ResizedSide(image.Width, image.Height, size), height = ResizedSide(image.Height, image.Width, size);
        Side horizontal = new(0, image.Width, width, CenterCrop.Offset(width, size), size);
        Side vertical = new(0, image.Height, height, CenterCrop.Offset(height, size), size);
        Run(image, horizontal, vertical, resampling, destination);
    }

    /// <summary>Resizes an area of an image, as if it were all there is, into <c>[height, width, 3]</c>.</summary>
    public static void ResizeArea(RgbImage image, PixelArea area, int width, int height, Resampling resampling, Span<byte> destination) =>
        Run(image, new Side(area.Left, area.Width, width, 0, width), new Side(area.Top, area.Height, height, 0, height), resampling, destination);

    private static void Run(RgbImage image, Side across, Side down, Resampling resampling, Span<byte> destination)
    {
        ResamplingWeights? horizontal = across.Weights(resampling), vertical = down.Weights(resampling);
        (int firstRow, int endRow) = vertical?.InputRange ?? ((int)down.Offset, (int)down.Offset + down.Count);
        int rowBytes = across.Count * RgbImage.Channels;
        int stride = (rowBytes + RowAlignment) / RowAlignment * RowAlignment;
        byte[] rows = ArrayPool<byte>.Shared.Rent(checked((endRow - firstRow) * stride));
        try
        {
            for (int row = firstRow; row < endRow; row++)
            {
                Span<byte> target = rows.AsSpan((row - firstRow) * stride, stride);
                ReadOnlySpan<byte> source = image.Pixels.Span[((((down.First + row) * image.Width) + across.First) * RgbImage.Channels)..];
                if (horizontal is null)
                {
                    source.Slice((int)across.Offset * RgbImage.Channels, rowBytes).CopyTo(target);
                }
                else
                {
                    HorizontalPass.Run(source, across.Length, horizontal, across.Count, target);
                }
            }

            if (vertical is null)
            {
                for (int row = 0; row < down.Count; row++)
                {
                    rows.AsSpan(row * stride, rowBytes).CopyTo(destination[(row * rowBytes)..]);
                }
            }
            else
            {
                VerticalPass.Run(rows, stride, firstRow, vertical, across.Count, down.Count, destination);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rows);
        }
    }

    /// <summary><paramref name="size"/> for the shorter side, <c>int(size * long / short)</c> for the longer.</summary>
    internal static long ResizedSide(int side, int other, int size) => side <= other ? size : (long)((double)((long)size * side) / other);

    /// <summary>One side of the resize.</summary>
    /// <param name="First">First pixel of the image that takes part.</param>
    /// <param name="Length">Pixels of the image that take part.</param>
    /// <param name="Resized">Pixels that they become.</param>
    /// <param name="Offset">First of these that is wanted.</param>
    /// <param name="Count">How many of these are wanted.</param>
    private readonly record struct Side(int First, int Length, long Resized, long Offset, int Count)
    {
        /// <summary>Null where nothing is resized.</summary>
        public ResamplingWeights? Weights(Resampling resampling) =>
            Resized == Length ? null : ResamplingWeights.Compute(Length, Resized, Offset, Count, resampling);
    }
}
