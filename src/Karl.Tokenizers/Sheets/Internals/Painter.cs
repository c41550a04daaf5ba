using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Sheets.Internals;

/// <summary>Rectangles and images onto an image.</summary>
internal static class Painter
{
    public static void Fill(RgbImage image, int left, int top, int width, int height, RgbColor color)
    {
        for (int y = top; y < top + height; y++)
        {
            Span<byte> row = image.Row(y).Slice(left * RgbImage.Channels, width * RgbImage.Channels);
            for (int index = 0; index < row.Length; index += RgbImage.Channels)
            {
                (row[index], row[index + 1], row[index + 2]) = (color.Red, color.Green, color.Blue);
            }
        }
    }

    /// <summary>Copies an image, each of its pixels as a square of <paramref name="factor"/> pixels.</summary>
    public static void Copy(RgbImage source, RgbImage target, int left, int top, int factor)
    {
        int bytes = source.Width * factor * RgbImage.Channels;
        for (int y = 0; y < source.Height; y++)
        {
            ReadOnlySpan<byte> from = source.Row(y);
            Span<byte> to = target.Row(top + (y * factor)).Slice(left * RgbImage.Channels, bytes);
            for (int x = 0; x < source.Width * factor; x++)
            {
                from.Slice(x / factor * RgbImage.Channels, RgbImage.Channels).CopyTo(to[(x * RgbImage.Channels)..]);
            }

            for (int copy = 1; copy < factor; copy++)
            {
                to.CopyTo(target.Row(top + (y * factor) + copy)[(left * RgbImage.Channels)..]);
            }
        }
    }
}
