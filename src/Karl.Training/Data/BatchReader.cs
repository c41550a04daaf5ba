using System.Collections.Concurrent;
using System.Diagnostics;
using Karl.Training.Data.Internals;

namespace Karl.Training.Data;

/// <summary>Batches one after another, made by background threads before they are asked for; for one consumer.</summary>
public sealed class BatchReader : IDisposable
{
    private readonly TrainingImages _images;
    private readonly ConcurrentBag<float[]> _free = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _places = new(0);
    private readonly Queue<PendingBatch> _pending = new();
    private readonly Thread[] _threads;
    private PendingBatch? _filling;
    private Exception? _failure;
    private long _nextStep;
    private volatile bool _isDisposed;

    internal BatchReader(TrainingImages images, long firstStep)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstStep);
        _images = images;
        _nextStep = firstStep;
        _places.Release(images.Options.BatchesAhead * images.Options.BatchSize);
        _threads = [.. Enumerable.Range(0, images.Options.Threads ?? Environment.ProcessorCount)
            .Select(number => new Thread(Work) { IsBackground = true, Name = $"training images {number}" })];
        Array.ForEach(_threads, thread => thread.Start());
    }

    /// <summary>How long <see cref="Next"/> has waited for batches that were not ready, all together; near zero where images are not what holds training up.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>The next batch.</summary>
    /// <param name="cancellationToken">Stops the waiting; the batch is then still the next.</param>
    /// <exception cref="Karl.Tokenizers.KarlFormatException">No image can be read.</exception>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    public ImageBatch Next(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        long start = Stopwatch.GetTimestamp();
        PendingBatch batch;
        lock (_lock)
        {
            batch = _pending.Count > 0 ? _pending.Peek() : Begin();
        }

        try
        {
            batch.Wait(cancellationToken);
        }
        finally
        {
            Waited += Stopwatch.GetElapsedTime(start);
        }

        lock (_lock)
        {
            _pending.Dequeue();
        }

        _places.Release(batch.Indices.Length);
        return new ImageBatch(batch.Step, batch.Pixels, batch.Indices, _images.Options.Size, _free.Add);
    }

    /// <summary>Stops the threads and waits for them; batches that were given out stay valid.</summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _stop.Cancel();
            Array.ForEach(_threads, thread => thread.Join());
            _stop.Dispose();
            _places.Dispose();
        }
    }

    private void Work()
    {
        try
        {
            while (true)
            {
                _places.Wait(_stop.Token);
                (PendingBatch batch, int index) = Claim();
                int values = _images.Options.ValuesPerImage;
                batch.Indices[index] = _images.ReadSample((batch.Step * batch.Indices.Length) + index, batch.Pixels.AsSpan(index * values, values), _stop.Token);
                batch.OneIsDone();
            }
        }
        catch (Exception exception)
        {
            Fail(_stop.IsCancellationRequested ? new ObjectDisposedException(nameof(BatchReader)) : exception);
        }
    }

    /// <summary>Whoever waits for a batch, now or later, hears why there will be none.</summary>
    private void Fail(Exception failure)
    {
        lock (_lock)
        {
            _failure ??= failure;
            foreach (PendingBatch batch in _pending)
            {
                batch.Fail(_failure);
            }
        }
    }

    /// <summary>The next sample that nobody makes yet.</summary>
    private (PendingBatch Batch, int Index) Claim()
    {
        lock (_lock)
        {
            if (_filling is null || _filling.Claimed == _filling.Indices.Length)
            {
                _filling = _pending.FirstOrDefault(batch => batch.Claimed == 0) ?? Begin();
            }

            return (_filling, _filling.Claimed++);
        }
    }

    private PendingBatch Begin()
    {
        float[] pixels = _free.TryTake(out float[]? free) ? free : new float[_images.Options.BatchSize * _images.Options.ValuesPerImage];
        PendingBatch batch = new(_nextStep++, pixels, new int[_images.Options.BatchSize]);
        _pending.Enqueue(batch);
        if (_failure is not null)
        {
            batch.Fail(_failure);
        }

        return batch;
    }
}
