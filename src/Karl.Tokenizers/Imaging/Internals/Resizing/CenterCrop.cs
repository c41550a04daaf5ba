namespace Karl.Tokenizers.Imaging.Internals.Resizing;

/// <summary>torchvision's centre crop.</summary>
internal static class CenterCrop
{
    /// <summary>First of <paramref name="size"/> kept pixels along a side: <c>round((length - size) / 2)</c>, halves to even.</summary>
    public static long Offset(long length, int size) => (long)Math.Round((length - size) / 2.0, MidpointRounding.ToEven);

    /// <summary>Copies the centre; where the image is smaller than the square, it lies in the middle of black.</summary>
    /// <param name="image">Image of any size.</param>
    /// <param name="size">Side of the square.</param>
    /// <param name="destination"><c>[size, size, 3]</c>.</param>
    public static void Copy(RgbImage image, int size, Span<byte> destination)
    {
        (int fromX, int toX, int columns) = Along(image.Width, size);
        (int fromY, int toY, int rows) = Along(image.Height, size);
        destination.Clear();
        for (int row = 0; row < rows; row++)
        {
            image.Row(fromY + row).Slice(fromX * RgbImage.Channels, columns * RgbImage.Channels)
                .CopyTo(destination[((((toY + row) * size) + toX) * RgbImage.Channels)..]);
        }
    }

    /// <summary>Padding takes the smaller half first (left, top), rounding down, as torchvision's does.</summary>
    private static (int From, int To, int Count) Along(int length, int size) =>
        length < size ? (0, (size - length) / 2, length) : ((int)Offset(length, size), 0, size);
}
