namespace Microsoft.ML.Karl.Internals.Imaging;

/// <summary>A row's image on its way to the model.</summary>
internal sealed class ImageItem : IDisposable
{
    /// <summary>Decoding of large images takes memory: no more at a time than there are processors.</summary>
    private static readonly TaskScheduler Background =
        new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, Environment.ProcessorCount).ConcurrentScheduler;

    private readonly Task<PreparedPixels> _pixels;
    private readonly CancellationTokenSource _stop = new();

    private ImageItem(Func<CancellationToken, PreparedPixels> prepare, bool background)
    {
        CancellationToken token = _stop.Token;
        _pixels = background
            ? Task.Factory.StartNew(() => prepare(token), token, TaskCreationOptions.DenyChildAttach, Background)
            : Task.FromResult(prepare(token));
    }

    private ImageItem(PreparedPixels pixels) => _pixels = Task.FromResult(pixels);

    /// <summary>The image, when it is ready.</summary>
    public PreparedPixels Pixels => _pixels.GetAwaiter().GetResult();

    public static ImageItem Ready(PreparedPixels pixels) => new(pixels);

    public static ImageItem Start(Func<CancellationToken, PreparedPixels> prepare, bool background) => new(prepare, background);

    public void Dispose()
    {
        _stop.Cancel();
        ((IAsyncResult)_pixels).AsyncWaitHandle.WaitOne();
        if (_pixels.IsCompletedSuccessfully)
        {
            _pixels.Result.Dispose();
        }

        _stop.Dispose();
    }
}
