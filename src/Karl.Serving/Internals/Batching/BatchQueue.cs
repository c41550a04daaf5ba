using System.Diagnostics;

namespace Karl.Serving.Internals.Batching;

/// <summary>Work of many callers, done in batches of equal settings, the oldest first, by one thread.</summary>
/// <remarks>
/// A batch begins when it is as large as it may be, or when its oldest work has waited for the delay. Work whose caller has gone is taken out, and a
/// batch that nobody waits for any more is stopped. A batch that fails is done again one by one, so that a bad work hurts nobody else.
/// </remarks>
/// <typeparam name="TKey">Settings; works with equal ones may share a batch.</typeparam>
/// <typeparam name="TInput">One work.</typeparam>
/// <typeparam name="TOutput">What comes of it.</typeparam>
internal sealed class BatchQueue<TKey, TInput, TOutput> : IDisposable
    where TKey : notnull
{
    private readonly object _lock = new();
    private readonly List<Work> _waiting = [];
    private readonly BatchLimits _limits;
    private readonly Func<TKey, IReadOnlyList<TInput>, CancellationToken, IReadOnlyList<TOutput>> _run;
    private readonly Action<int> _begun;
    private readonly Thread _worker;
    private Run? _running;
    private bool _isClosed;

    /// <summary>Starts the thread.</summary>
    /// <param name="limits">How large, how soon, how many.</param>
    /// <param name="run">Does a batch; as many results, in the same order.</param>
    /// <param name="begun">Hears how large each batch is.</param>
    public BatchQueue(BatchLimits limits, Func<TKey, IReadOnlyList<TInput>, CancellationToken, IReadOnlyList<TOutput>> run, Action<int> begun)
    {
        (_limits, _run, _begun) = (limits, run, begun);
        _worker = new Thread(DoAll) { IsBackground = true, Name = "karl batches" };
        _worker.Start();
    }

    /// <summary>Works that wait; those that are being done are not counted.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Whether one more work would be refused.</summary>
    public bool IsFull => Waiting >= _limits.MaximumWaiting;

    /// <summary>Does one work together with others.</summary>
    /// <exception cref="QueueFullException">Too many wait.</exception>
    /// <exception cref="ObjectDisposedException">The queue takes nothing any more.</exception>
    public Task<TOutput> RunAsync(TKey key, TInput input, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Work work = new(key, input, Stopwatch.GetTimestamp());
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_waiting.Count >= _limits.MaximumWaiting)
            {
                throw new QueueFullException(_waiting.Count);
            }

            _waiting.Add(work);
            Monitor.Pulse(_lock);
        }

        work.Leaving = cancellationToken.UnsafeRegister((_, token) => Leave(work, token), null);
        return work.Completion.Task;
    }

    /// <summary>Takes nothing more, does what waits, and ends.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            Monitor.PulseAll(_lock);
        }

        _worker.Join();
    }

    private void Leave(Work work, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_waiting.Remove(work) && _running is not null && _running.Works.Contains(work) && --_running.Wanted == 0)
            {
                _running.Stop.Cancel();
            }

            Monitor.Pulse(_lock);
        }

        work.Completion.TrySetCanceled(cancellationToken);
    }

    private void DoAll()
    {
        while (Next() is Run run)
        {
            _begun(run.Works.Length);
            Do(run.Works, run.Stop.Token);
            lock (_lock)
            {
                _running = null;
                run.Stop.Dispose();
            }
        }
    }

    /// <summary>Waits for the next batch; null when there will be none.</summary>
    private Run? Next()
    {
        lock (_lock)
        {
            while (true)
            {
                if (_waiting.Count == 0)
                {
                    if (_isClosed)
                    {
                        return null;
                    }

                    Monitor.Wait(_lock);
                    continue;
                }

                Work oldest = _waiting[0];
                Work[] batch = [.. _waiting.Where(work => work.Key.Equals(oldest.Key)).Take(_limits.MaximumBatch)];
                double left = (_limits.Delay - Stopwatch.GetElapsedTime(oldest.Arrival)).TotalMilliseconds;
                if (batch.Length == _limits.MaximumBatch || left <= 0 || _isClosed)
                {
                    _waiting.RemoveAll(batch.Contains);
                    return _running = new Run(batch);
                }

                Monitor.Wait(_lock, (int)Math.Ceiling(left));
            }
        }
    }

    private void Do(Work[] works, CancellationToken stop)
    {
        try
        {
            IReadOnlyList<TOutput> outputs = _run(works[0].Key, [.. works.Select(work => work.Input)], stop);
            for (int index = 0; index < works.Length; index++)
            {
                works[index].Leaving.Unregister();
                works[index].Completion.TrySetResult(outputs[index]);
            }
        }
        catch (Exception exception) when (works.Length == 1 || exception is OperationCanceledException)
        {
            Array.ForEach(works, work => work.Completion.TrySetException(exception));
        }
        catch (Exception)
        {
            Array.ForEach(works, work => Do([work], stop));
        }
    }

    /// <summary>One caller's work.</summary>
    private sealed class Work(TKey key, TInput input, long arrival)
    {
        public TKey Key => key;

        public TInput Input => input;

        public long Arrival => arrival;

        public TaskCompletionSource<TOutput> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationTokenRegistration Leaving { get; set; }
    }

    /// <summary>A batch that is being done.</summary>
    private sealed class Run(Work[] works)
    {
        public Work[] Works => works;

        /// <summary>Works that somebody still waits for.</summary>
        public int Wanted { get; set; } = works.Length;

        public CancellationTokenSource Stop { get; } = new();
    }
}
