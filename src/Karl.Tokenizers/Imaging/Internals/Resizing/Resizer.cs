using System.Buffers;

namespace Karl.Tokenizers.Imaging.Internals.Resizing;

/// <summary>Resizes so that the shorter side fits, computing only the square that remains after the centre crop.</summary>
internal static class Resizer
{
    /// <summary>Rows of the intermediate image start at multiples of this many bytes, with at least one byte to spare.</summary>
    private const int RowAlignment = 32;

    /// <summary>Resizes and crops into <c>[size, size, 3]</c>.</summary>
    public static void ResizeAndCrop(RgbImage image, int size, Resampling resampling, Span<byte> destination)
    {
        long width = ResizedSide(image.Width, image.Height, size), height = ResizedSide(image.Height, image.Width, size);
        long leftOffset = CenterCrop.Offset(width, size), topOffset = CenterCrop.Offset(height, size);
        ResamplingWeights? horizontal = width == image.Width ? null : ResamplingWeights.Compute(image.Width, width, leftOffset, size, resampling);
        ResamplingWeights? vertical = height == image.Height ? null : ResamplingWeights.Compute(image.Height, height, topOffset, size, resampling);

        (int firstRow, int endRow) = vertical?.InputRange ?? ((int)topOffset, (int)topOffset + size);
        int stride = ((size * RgbImage.Channels) + RowAlignment) / RowAlignment * RowAlignment;
        byte[] rows = ArrayPool<byte>.Shared.Rent(checked((endRow - firstRow) * stride));
        try
        {
            for (int row = firstRow; row < endRow; row++)
            {
                Span<byte> target = rows.AsSpan((row - firstRow) * stride, stride);
                if (horizontal is null)
                {
                    image.Row(row).Slice((int)leftOffset * RgbImage.Channels, size * RgbImage.Channels).CopyTo(target);
                }
                else
                {
                    HorizontalPass.Run(image.Pixels.Span[(row * image.Width * RgbImage.Channels)..], image.Width, horizontal, size, target);
                }
            }

            if (vertical is null)
            {
                for (int row = 0; row < size; row++)
                {
                    rows.AsSpan(row * stride, size * RgbImage.Channels).CopyTo(destination[(row * size * RgbImage.Channels)..]);
                }
            }
            else
            {
                VerticalPass.Run(rows, stride, firstRow, vertical, size, destination);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rows);
        }
    }

    /// <summary><paramref name="size"/> for the shorter side, <c>int(size * long / short)</c> for the longer.</summary>
    internal static long ResizedSide(int side, int other, int size) => side <= other ? size : (long)((double)((long)size * side) / other);
}
