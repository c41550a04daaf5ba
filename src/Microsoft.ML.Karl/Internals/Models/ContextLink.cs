using System.Reflection;

namespace Microsoft.ML.Karl.Internals.Models;

/// <summary>What a stage wants to know of the context that it was made in: the GPU, the fallback, and whether work was cancelled.</summary>
/// <remarks>
/// A catalog does not show its context, and cancellation is not public either; both are read by reflection. A context that does not have them
/// is one without a GPU that nobody cancels: the options' device is the way then, and works in any case.
/// </remarks>
internal sealed class ContextLink
{
    private const int MillisecondsBetweenLooks = 50;
    private readonly object? _environment;
    private readonly PropertyInfo? _isCanceled;

    private ContextLink(object? environment)
    {
        _environment = environment;
        _isCanceled = environment?.GetType().GetProperty("IsCanceled", typeof(bool));
    }

    /// <summary>Number of the GPU that the context asks for, or null.</summary>
    public int? GpuDeviceId => _environment?.GetType().GetProperty(nameof(MLContext.GpuDeviceId), typeof(int?))?.GetValue(_environment) as int?;

    /// <summary>Whether the context lets the processor take over.</summary>
    public bool FallbackToCpu => _environment?.GetType().GetProperty(nameof(MLContext.FallbackToCpu), typeof(bool))?.GetValue(_environment) as bool? ?? true;

    private bool IsCanceled => _isCanceled?.GetValue(_environment) is true;

    /// <summary>The context that a catalog such as <see cref="MLContext.Transforms"/> belongs to.</summary>
    public static ContextLink Of(object catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new ContextLink(catalog.GetType().GetInterface("IInternalCatalog")?.GetProperty("Environment")?.GetValue(catalog));
    }

    /// <summary>For work that begins now: what throws once it is cancelled. What was cancelled before was other work.</summary>
    /// <remarks>AutoML cancels the context of each trial when the trial is over, and gives the best one's model to its caller.</remarks>
    public Action Watch() => IsCanceled ? () => { } : ThrowIfCanceled;

    /// <exception cref="OperationCanceledException">The context's work was cancelled.</exception>
    private void ThrowIfCanceled()
    {
        if (IsCanceled)
        {
            throw new OperationCanceledException("The context's work was cancelled.");
        }
    }

    /// <summary>Does work that stops soon after the context's is cancelled, unless that was before.</summary>
    public void Run(Action<CancellationToken> work)
    {
        if (_isCanceled is null || IsCanceled)
        {
            work(CancellationToken.None);
            return;
        }

        using CancellationTokenSource source = new();
        using Timer timer = new(_ => CancelIfCanceled(source), null, MillisecondsBetweenLooks, MillisecondsBetweenLooks);
        work(source.Token);
    }

    private void CancelIfCanceled(CancellationTokenSource source)
    {
        if (!IsCanceled)
        {
            return;
        }

        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The work was done just before this look.
        }
    }
}
