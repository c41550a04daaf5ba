using Karl.Serving.Internals.Batching;

namespace Karl.Serving.Tests;

/// <summary>A door before the model: batches wait at it until it is opened, and are counted.</summary>
internal sealed class Gate : IDisposable
{
    private readonly ManualResetEventSlim _open = new(initialState: false);
    private readonly SemaphoreSlim _arrived = new(0);

    /// <summary>Sizes of the batches that went through.</summary>
    public List<int> Batches { get; } = [];

    /// <summary>Whether a batch was stopped at the door.</summary>
    public bool WasStopped { get; private set; }

    public void Open() => _open.Set();

    /// <summary>Waits until a batch is at the door.</summary>
    public async Task ArrivedAsync() => Assert.IsTrue(await _arrived.WaitAsync(TimeSpan.FromSeconds(30)), "No batch came.");

    public ModelOutput[] Run(ModelSettings settings, IReadOnlyList<ModelInput> inputs, CancellationToken cancellationToken)
    {
        _arrived.Release();
        try
        {
            _open.Wait(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            WasStopped = true;
            throw;
        }

        Batches.Add(inputs.Count);
        return ModelRunner.Run(settings, inputs, cancellationToken);
    }

    public void Dispose()
    {
        _open.Dispose();
        _arrived.Dispose();
    }
}
