namespace Karl.Tokenizers.Imaging.Internals;

/// <summary>8-bit pixels of <c>bands</c> interleaved channels to RGB.</summary>
internal static class PixelConversion
{
    public static void FromGrey(ReadOnlySpan<byte> source, int bands, Span<byte> target)
    {
        for (int from = 0, to = 0; to < target.Length; from += bands, to += 3)
        {
            target[to] = target[to + 1] = target[to + 2] = source[from];
        }
    }

    public static void FromRgb(ReadOnlySpan<byte> source, int bands, Span<byte> target)
    {
        for (int from = 0, to = 0; to < target.Length; from += bands, to += 3)
        {
            target[to] = source[from];
            target[to + 1] = source[from + 1];
            target[to + 2] = source[from + 2];
        }
    }

    /// <summary>PIL's rule: what black leaves of the paper, less the share that the ink takes of it.</summary>
    public static void FromCmyk(ReadOnlySpan<byte> source, int bands, Span<byte> target)
    {
        for (int from = 0, to = 0; to < target.Length; from += bands, to += 3)
        {
            int paper = 255 - source[from + 3];
            for (int channel = 0; channel < 3; channel++)
            {
                target[to + channel] = (byte)(paper - MultiplyUnit(source[from + channel], paper));
            }
        }
    }

    /// <summary>Mixes RGB already in <paramref name="target"/> with a background, by the alpha in <paramref name="source"/>.</summary>
    public static void Composite(ReadOnlySpan<byte> source, int bands, int alphaBand, Span<byte> target, RgbColor background)
    {
        for (int from = alphaBand, to = 0; to < target.Length; from += bands, to += 3)
        {
            int alpha = source[from];
            target[to] = Mix(target[to], background.Red, alpha);
            target[to + 1] = Mix(target[to + 1], background.Green, alpha);
            target[to + 2] = Mix(target[to + 2], background.Blue, alpha);
        }
    }

    private static byte Mix(int front, int back, int alpha) => (byte)(((front * alpha) + (back * (255 - alpha)) + 127) / 255);

    /// <summary><c>a * b / 255</c>, rounded to the nearest.</summary>
    private static int MultiplyUnit(int a, int b)
    {
        int product = (a * b) + 128;
        return (product + (product >> 8)) >> 8;
    }
}
