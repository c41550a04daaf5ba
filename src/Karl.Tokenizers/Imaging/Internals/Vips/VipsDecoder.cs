using System.Globalization;

namespace Karl.Tokenizers.Imaging.Internals.Vips;

/// <summary>Decodes one file in stretches of rows on the calling thread, so that libvips holds little and starts no threads.</summary>
internal static unsafe class VipsDecoder
{
    private const int StretchBytes = 1 << 20;

    public static RgbImage Decode(ReadOnlySpan<byte> file, string name, ImageFormat format, ImageDecoderOptions options, CancellationToken cancellationToken)
    {
        VipsLibrary.EnsureStarted();
        fixed (byte* data = file)
        {
            using VipsOperation loader = VipsOperation.TryCreate(format.Loader) ?? throw new KarlFormatException(
                $"Image '{name}': found a {format.Name} image, which the installed libvips was built without; convert it, or install a full libvips.");
            loader.SetBytes("buffer", data, file.Length);
            loader.Set("access", "sequential");
            loader.Set("fail_on", format.FailOn);
            if (!loader.TryBuild())
            {
                throw Damaged(name, format);
            }

            using VipsObject image = loader.GetImage("out");
            int width = VipsNative.ImageWidth(image.Handle), height = VipsNative.ImageHeight(image.Handle);
            RefuseSize(name, width, height, options.Limits);
            PixelLayout layout = PixelLayout.Of(
                VipsNative.ImageFormat(image.Handle), VipsNative.ImageInterpretation(image.Handle), VipsNative.ImageBands(image.Handle), name);
            RgbImage pixels = new(width, height);
            Fetch(image, layout, pixels, options.Background, name, format, cancellationToken);
            return options.ApplyOrientation ? Orientation.Apply(pixels, VipsNative.ImageOrientation(image.Handle)) : pixels;
        }
    }

    private static void Fetch(
        VipsObject image, PixelLayout layout, RgbImage pixels, RgbColor? background, string name, ImageFormat format, CancellationToken cancellationToken)
    {
        using VipsObject region = new(VipsNative.NewRegion(image.Handle));
        int rowsAtOnce = (int)Math.Clamp(StretchBytes / ((long)pixels.Width * layout.BytesPerPixel), 1, pixels.Height);
        for (int top = 0; top < pixels.Height; top += rowsAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int rows = Math.Min(rowsAtOnce, pixels.Height - top);
            byte* stretch = VipsNative.FetchRegion(region.Handle, 0, top, pixels.Width, rows, out nuint size);
            if (stretch == null)
            {
                throw Damaged(name, format);
            }

            try
            {
                Span<byte> target = pixels.Pixels.Span.Slice(top * pixels.Width * RgbImage.Channels, rows * pixels.Width * RgbImage.Channels);
                layout.ToRgb(new ReadOnlySpan<byte>(stretch, checked((int)size)), target, background);
            }
            finally
            {
                VipsNative.Free(stretch);
            }
        }
    }

    private static void RefuseSize(string name, int width, int height, ImageLimits limits)
    {
        if (width < 1 || height < 1)
        {
            throw new KarlFormatException($"Image '{name}': found a size of {width} x {height}, wanted at least 1 x 1; the file is damaged, replace it.");
        }

        long most = Math.Min(limits.MaximumPixels, Array.MaxLength / RgbImage.Channels);
        if ((long)width * height > most)
        {
            throw new KarlFormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"Image '{name}': found {width} x {height} pixels, wanted at most {most} in all; scale it down, or raise ImageLimits.MaximumPixels if the file is trusted."));
        }
    }

    private static KarlFormatException Damaged(string name, ImageFormat format) => new(
        $"Image '{name}': found {format.Name} data that is damaged or cut off ({VipsErrors.Take()}), wanted a complete image; replace the file.");
}
