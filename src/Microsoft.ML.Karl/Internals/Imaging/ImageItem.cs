namespace Microsoft.ML.Karl.Internals.Imaging;

/// <summary>A row's image on its way to the model.</summary>
internal sealed class ImageItem : IDisposable
{
    /// <summary>Decoding of large images takes memory: no more at a time than there are processors.</summary>
    private static readonly TaskScheduler Background =
        new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, Environment.ProcessorCount).ConcurrentScheduler;

    private readonly Task<PreparedPixels> _pixels;
    private readonly CancellationTokenSource? _stop;

    private ImageItem(Func<CancellationToken, PreparedPixels> prepare)
    {
        _stop = new CancellationTokenSource();
        CancellationToken token = _stop.Token;
        _pixels = Task.Factory.StartNew(() => prepare(token), token, TaskCreationOptions.DenyChildAttach, Background);
    }

    private ImageItem(PreparedPixels pixels) => _pixels = Task.FromResult(pixels);

    /// <summary>The image, when it is ready.</summary>
    public PreparedPixels Pixels => _pixels.GetAwaiter().GetResult();

    public static ImageItem Ready(PreparedPixels pixels) => new(pixels);

    /// <summary>Prepares an image, in the background or at once.</summary>
    public static ImageItem Start(Func<CancellationToken, PreparedPixels> prepare, bool background) => background ? new(prepare) : new(prepare(CancellationToken.None));

    public void Dispose()
    {
        if (!_pixels.IsCompleted)
        {
            _stop?.Cancel();
            ((IAsyncResult)_pixels).AsyncWaitHandle.WaitOne();
        }

        if (_pixels.IsCompletedSuccessfully)
        {
            _pixels.Result.Dispose();
        }

        _stop?.Dispose();
    }
}
