namespace Karl.Training.Data.Internals;

/// <summary>A batch that is being made.</summary>
internal sealed class PendingBatch(long step, float[] pixels, int[] indices)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _remaining = indices.Length;

    public long Step => step;

    public float[] Pixels => pixels;

    public int[] Indices => indices;

    /// <summary>Samples that somebody makes or has made; guarded by the reader's lock.</summary>
    public int Claimed { get; set; }

    public void OneIsDone()
    {
        if (Interlocked.Decrement(ref _remaining) == 0)
        {
            _done.TrySetResult();
        }
    }

    public void Fail(Exception exception) => _done.TrySetException(exception);

    /// <summary>Waits until all samples are there, or throws what prevented it.</summary>
    public void Wait(CancellationToken cancellationToken) => _done.Task.WaitAsync(cancellationToken).GetAwaiter().GetResult();
}
