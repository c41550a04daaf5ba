using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Imaging.Internals.Vips;

namespace Karl.Tokenizers.Tests.Imaging;

/// <summary>Images made by arithmetic, and files of every accepted kind made from them.</summary>
internal static class TestImages
{
    /// <summary>Slow waves with a little noise: compresses like a photo.</summary>
    public static RgbImage Waves(int width, int height, int seed = 1)
    {
        Random random = new(seed);
        RgbImage image = new(width, height);
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = image.Row(y);
            for (int i = 0; i < row.Length; i++)
            {
                double wave = Math.Sin(((i / 3) * 0.11) + (i % 3)) + Math.Cos(y * 0.07 * (1 + (i % 3)));
                row[i] = (byte)Math.Clamp(128 + (55 * wave) + random.Next(-8, 9), 0, 255);
            }
        }

        return image;
    }

    /// <summary>Independent values 0 to 255.</summary>
    public static RgbImage Noise(int width, int height, int seed = 1)
    {
        RgbImage image = new(width, height);
        new Random(seed).NextBytes(image.Pixels.Span);
        return image;
    }

    /// <summary>The image as a file of each accepted kind, by the kind's name.</summary>
    public static IReadOnlyDictionary<string, byte[]> EncodedInEveryWay(RgbImage image) => new Dictionary<string, byte[]>
    {
        ["JPEG"] = ImageWriter.EncodeJpeg(image),
        ["progressive JPEG"] = VipsEncoder.Encode(image, "jpegsave_buffer", ("interlace", "true")),
        ["PNG"] = ImageWriter.EncodePng(image),
        ["interlaced PNG"] = VipsEncoder.Encode(image, "pngsave_buffer", ("interlace", "true")),
        ["WebP"] = VipsEncoder.Encode(image, "webpsave_buffer", ("lossless", "true")),
        ["lossy WebP"] = VipsEncoder.Encode(image, "webpsave_buffer"),
        ["GIF"] = VipsEncoder.Encode(image, "gifsave_buffer"),
        ["TIFF"] = VipsEncoder.Encode(image, "tiffsave_buffer"),
        ["tiled LZW TIFF"] = VipsEncoder.Encode(image, "tiffsave_buffer", ("tile", "true"), ("tile_width", "32"), ("tile_height", "32"), ("compression", "lzw")),
        ["JPEG in TIFF"] = VipsEncoder.Encode(image, "tiffsave_buffer", ("compression", "jpeg")),
    };
}
