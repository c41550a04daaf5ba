using Karl.Serving.Internals.Batching;
using Karl.Serving.Internals.Http;
using Karl.Serving.Internals.Images;
using Karl.Serving.Internals.Metrics;

namespace Karl.Serving.Internals;

/// <summary>What all requests of one server share.</summary>
internal sealed class ServingState : IDisposable
{
    /// <summary>Makes what they share.</summary>
    /// <param name="models">What is served.</param>
    /// <param name="options">Within what limits.</param>
    /// <param name="log">Takes a line for the server's log.</param>
    /// <param name="run">Does a batch: <see cref="ModelRunner.Run"/>, or something around it.</param>
    public ServingState(IReadOnlyList<ServedModel> models, ServingOptions options, Action<string> log, Func<ModelSettings, IReadOnlyList<ModelInput>, CancellationToken, ModelOutput[]> run)
    {
        (Models, Options, Log) = (models, options, log);
        Held = new ByteBudget(options.MaximumHeldBytes);
        Metrics = new ServingMetrics(() => Queue?.Waiting ?? 0, () => Held.Held);
        Queue = new BatchQueue<ModelSettings, ModelInput, ModelOutput>(
            new BatchLimits(options.MaximumBatch, options.BatchDelay, options.MaximumWaiting), run, size => Metrics.BatchSizes.Observe(size));
        Images = new ImageReader(this);
    }

    /// <summary>What is served, at least one; the first is used where a request names none.</summary>
    public IReadOnlyList<ServedModel> Models { get; }

    public ServingOptions Options { get; }

    /// <summary>Takes a line for the server's log.</summary>
    public Action<string> Log { get; }

    public ServingMetrics Metrics { get; }

    public ByteBudget Held { get; }

    public BatchQueue<ModelSettings, ModelInput, ModelOutput> Queue { get; }

    public ImageReader Images { get; }

    /// <summary>Whether new work is refused, since the server is being stopped.</summary>
    public bool IsStopping { get; set; }

    public void Dispose()
    {
        Queue.Dispose();
        Images.Dispose();
    }
}
