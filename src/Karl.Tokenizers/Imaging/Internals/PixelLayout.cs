using System.Runtime.InteropServices;

namespace Karl.Tokenizers.Imaging.Internals;

/// <summary>How a decoder's pixels lie, and how they become 8-bit RGB.</summary>
internal sealed record PixelLayout(PixelKind Kind, int Bands, bool Wide)
{
    private const int Byte = 0, UnsignedShort = 2;
    private const int BlackAndWhite = 1, Cmyk = 15, StandardRgb = 22, WideRgb = 25, WideGrey = 26, Multiband = 0;

    public int BytesPerPixel => Bands * (Wide ? 2 : 1);

    /// <summary>Translates libvips' band format and interpretation.</summary>
    public static PixelLayout Of(int format, int interpretation, int bands, string name)
    {
        PixelKind? kind = (interpretation, bands) switch
        {
            (BlackAndWhite or WideGrey or Multiband, 1) => PixelKind.Grey,
            (BlackAndWhite or WideGrey or Multiband, 2) => PixelKind.GreyAlpha,
            (StandardRgb or WideRgb or Multiband, 3) => PixelKind.Rgb,
            (StandardRgb or WideRgb or Multiband, >= 4) => PixelKind.RgbAlpha,
            (Cmyk, >= 4) => PixelKind.Cmyk,
            _ => null,
        };
        if (kind is null || format is not (Byte or UnsignedShort))
        {
            throw new KarlFormatException(
                $"Image '{name}': found {bands} channels of libvips colour space {interpretation} and number format {format}, "
                + "wanted grey, RGB or CMYK in 8 or 16 bits; convert the image to 8-bit RGB.");
        }

        return new PixelLayout(kind.Value, bands, format == UnsignedShort);
    }

    /// <summary>Converts whole pixels; <paramref name="source"/> is <c>[pixels, bands]</c>, <paramref name="target"/> <c>[pixels, 3]</c>.</summary>
    /// <param name="source">What the decoder gave, native byte order.</param>
    /// <param name="target">8-bit red, green, blue.</param>
    /// <param name="background">Shines through alpha; null drops alpha.</param>
    public void ToRgb(ReadOnlySpan<byte> source, Span<byte> target, RgbColor? background)
    {
        if (Wide)
        {
            byte[] narrow = Narrow(MemoryMarshal.Cast<byte, ushort>(source));
            Convert(narrow, target, background);
        }
        else
        {
            Convert(source, target, background);
        }
    }

    private void Convert(ReadOnlySpan<byte> source, Span<byte> target, RgbColor? background)
    {
        switch (Kind)
        {
            case PixelKind.Rgb:
                source.CopyTo(target);
                break;
            case PixelKind.Cmyk:
                PixelConversion.FromCmyk(source, Bands, target);
                break;
            case PixelKind.Grey or PixelKind.GreyAlpha:
                PixelConversion.FromGrey(source, Bands, target);
                break;
            default:
                PixelConversion.FromRgb(source, Bands, target);
                break;
        }

        if (background is { } colour && Kind is PixelKind.GreyAlpha or PixelKind.RgbAlpha)
        {
            PixelConversion.Composite(source, Bands, Kind == PixelKind.GreyAlpha ? 1 : 3, target, colour);
        }
    }

    /// <summary>0..65535 to 0..255: the nearest of value / 257, so that 8-bit values stored in 16 bits come back unchanged.</summary>
    private static byte[] Narrow(ReadOnlySpan<ushort> wide)
    {
        byte[] narrow = new byte[wide.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            narrow[i] = (byte)((wide[i] + 128) / 257);
        }

        return narrow;
    }
}
