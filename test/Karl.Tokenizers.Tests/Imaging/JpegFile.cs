using Karl.Tokenizers.Imaging.Internals.Vips;

namespace Karl.Tokenizers.Tests.Imaging;

/// <summary>JPEG files that our own writer does not make.</summary>
internal static class JpegFile
{
    /// <summary>An EXIF block that holds nothing but an orientation.</summary>
    public static byte[] Exif(int orientation) =>
    [
        .. "MM\0*"u8, 0, 0, 0, 8, 0, 1,
        0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0,
        0, 0, 0, 0,
    ];

    /// <summary>The file with an EXIF segment right after its start.</summary>
    public static byte[] WithOrientation(byte[] jpeg, int orientation)
    {
        byte[] content = [.. "Exif\0\0"u8, .. Exif(orientation)];
        return [.. jpeg[..2], 0xFF, 0xE1, 0, (byte)(content.Length + 2), .. content, .. jpeg[2..]];
    }

    /// <summary>One colour in Adobe's CMYK; 255 is full ink.</summary>
    public static unsafe byte[] Cmyk(int width, int height, byte cyan, byte magenta, byte yellow, byte black)
    {
        byte[] pixels = [.. Enumerable.Range(0, width * height).SelectMany(_ => new[] { cyan, magenta, yellow, black })];
        VipsLibrary.EnsureStarted();
        fixed (byte* data = pixels)
        {
            using VipsObject memory = new(VipsNative.NewImage(data, (nuint)pixels.Length, width, height, 4, 0));
            using VipsOperation copy = VipsOperation.TryCreate("copy")!;
            copy.SetImage("in", memory);
            copy.Set("interpretation", "cmyk");
            Assert.IsTrue(copy.TryBuild());
            using VipsObject inks = copy.GetImage("out");
            using VipsOperation save = VipsOperation.TryCreate("jpegsave_buffer")!;
            save.SetImage("in", inks);
            save.Set("Q", "100");
            Assert.IsTrue(save.TryBuild());
            return save.GetBytes("buffer");
        }
    }
}
