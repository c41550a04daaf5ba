namespace Karl.Tokenizers.Imaging.Internals;

/// <summary>Undoes how the camera was held, as EXIF orientation 1 to 8 says.</summary>
internal static class Orientation
{
    public static RgbImage Apply(RgbImage image, int orientation)
    {
        if (orientation is < 2 or > 8)
        {
            return image;
        }

        bool swaps = orientation >= 5;
        RgbImage upright = swaps ? new RgbImage(image.Height, image.Width) : new RgbImage(image.Width, image.Height);
        int lastX = image.Width - 1, lastY = image.Height - 1;
        for (int y = 0; y < upright.Height; y++)
        {
            Span<byte> target = upright.Row(y);
            ReadOnlySpan<byte> source = image.Pixels.Span;
            for (int x = 0; x < upright.Width; x++)
            {
                (int fromX, int fromY) = orientation switch
                {
                    2 => (lastX - x, y),
                    3 => (lastX - x, lastY - y),
                    4 => (x, lastY - y),
                    5 => (y, x),
                    6 => (y, lastY - x),
                    7 => (lastX - y, lastY - x),
                    _ => (lastX - y, x),
                };
                source.Slice(((fromY * image.Width) + fromX) * RgbImage.Channels, RgbImage.Channels).CopyTo(target[(x * RgbImage.Channels)..]);
            }
        }

        return upright;
    }
}
