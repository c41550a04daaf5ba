using Karl.Tokenizers.Imaging;

namespace Karl.Training.Tests.Data;

/// <summary>Decodes as always, but takes its time.</summary>
internal sealed class SlowDecoder(TimeSpan delay) : IImageDecoder
{
    private readonly ImageDecoder _decoder = new();

    public RgbImage Decode(string path, CancellationToken cancellationToken = default)
    {
        cancellationToken.WaitHandle.WaitOne(delay);
        return _decoder.Decode(path, cancellationToken);
    }

    public RgbImage Decode(ReadOnlyMemory<byte> encoded, string name = "image", CancellationToken cancellationToken = default) => _decoder.Decode(encoded, name, cancellationToken);

    public RgbImage Decode(Stream encoded, string name = "image", CancellationToken cancellationToken = default) => _decoder.Decode(encoded, name, cancellationToken);
}
