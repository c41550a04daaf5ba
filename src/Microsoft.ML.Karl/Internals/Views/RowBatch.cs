using System.Runtime.ExceptionServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Internals.Views;

/// <summary>Rows that were read together: what the stage read of them, what it made of that, and where they come from.</summary>
internal sealed class RowBatch<TItem, TResult>(int firstSlot, int size)
    where TItem : class, IDisposable
{
    private readonly TItem[] _items = new TItem[size];
    private readonly TResult[] _results = new TResult[size];
    private readonly long[] _batches = new long[size];
    private readonly DataViewRowId[] _ids = new DataViewRowId[size];

    /// <summary>Slot of the first row in the passed columns.</summary>
    public int FirstSlot => firstSlot;

    public int Count { get; private set; }

    /// <summary>What went wrong when the row after the last was read.</summary>
    public ExceptionDispatchInfo? Failure { get; set; }

    public bool IsFull => Count == size;

    public TResult Result(int row) => _results[row];

    public long Batch(int row) => _batches[row];

    public DataViewRowId Id(int row) => _ids[row];

    public void Add(TItem item, long batch, DataViewRowId id)
    {
        _items[Count] = item;
        _batches[Count] = batch;
        _ids[Count] = id;
        Count++;
    }

    /// <summary>Computes the results and lets go of what was read.</summary>
    public void Run(Stage<TItem, TResult> stage, Func<int, bool> isActive)
    {
        try
        {
            stage.Run(_items.AsSpan(0, Count), _results.AsSpan(0, Count), isActive);
        }
        finally
        {
            DisposeItems();
        }
    }

    /// <summary>Makes room for other rows.</summary>
    public void Clear()
    {
        DisposeItems();
        Array.Clear(_results);
        Failure = null;
        Count = 0;
    }

    private void DisposeItems()
    {
        foreach (TItem item in _items.AsSpan(0, Count))
        {
            item?.Dispose();
        }

        Array.Clear(_items);
    }
}
