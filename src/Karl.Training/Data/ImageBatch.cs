using Karl.Tokenizers.Imaging;

namespace Karl.Training.Data;

/// <summary>Some images as the network takes them. Dispose it when it has been used: its memory then serves a later batch.</summary>
public sealed class ImageBatch : IDisposable
{
    private readonly Action<float[]>? _giveBack;
    private float[]? _pixels;

    internal ImageBatch(long step, float[] pixels, int[] indices, int size, Action<float[]>? giveBack = null)
    {
        Step = step;
        Indices = indices;
        Size = size;
        _pixels = pixels;
        _giveBack = giveBack;
    }

    /// <summary>Which batch it is, from 0.</summary>
    public long Step { get; }

    /// <summary>Images in it.</summary>
    public int Count => Indices.Count;

    /// <summary>Height and width in pixels.</summary>
    public int Size { get; }

    /// <summary><c>[Count, 3, Size, Size]</c>, float32, 0 to 1, red, green, blue planes.</summary>
    /// <exception cref="ObjectDisposedException">The batch was disposed.</exception>
    public Memory<float> Pixels
    {
        get
        {
            ObjectDisposedException.ThrowIf(_pixels is null, this);
            return _pixels.AsMemory(0, Count * RgbImage.Channels * Size * Size);
        }
    }

    /// <summary>Which files the images are from, as indices into <see cref="TrainingImages.Paths"/>.</summary>
    public IReadOnlyList<int> Indices { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _pixels, null) is float[] pixels)
        {
            _giveBack?.Invoke(pixels);
        }
    }
}
