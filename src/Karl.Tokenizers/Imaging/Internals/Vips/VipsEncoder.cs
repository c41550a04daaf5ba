namespace Karl.Tokenizers.Imaging.Internals.Vips;

/// <summary>Encodes pixels with one of libvips' savers, without threads of its own.</summary>
internal static unsafe class VipsEncoder
{
    private const int ByteFormat = 0;

    public static byte[] Encode(RgbImage image, string saver, params ReadOnlySpan<(string Argument, string Value)> arguments)
    {
        ArgumentNullException.ThrowIfNull(image);
        VipsLibrary.EnsureStarted();
        Span<byte> pixels = image.Pixels.Span;
        fixed (byte* data = pixels)
        {
            using VipsObject source = new(VipsNative.NewImage(data, (nuint)pixels.Length, image.Width, image.Height, RgbImage.Channels, ByteFormat));
            VipsNative.SetImageInteger(source.Handle, "concurrency", 1);
            using VipsOperation operation = VipsOperation.TryCreate(saver)
                ?? throw new NotSupportedException($"The installed libvips was built without {saver}; install a full libvips.");
            operation.SetImage("in", source);
            foreach ((string argument, string value) in arguments)
            {
                operation.Set(argument, value);
            }

            return operation.TryBuild()
                ? operation.GetBytes("buffer")
                : throw new InvalidOperationException($"libvips could not encode an image of {image}: {VipsErrors.Take()}.");
        }
    }
}
