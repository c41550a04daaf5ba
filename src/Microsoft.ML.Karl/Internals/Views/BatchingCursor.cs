using System.Runtime.ExceptionServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Internals.Views;

/// <summary>Reads rows ahead, computes a batch of them in one run, and hands them out one by one in their order.</summary>
/// <remarks>
/// From the second batch on, the rows after a batch are read before the batch is run, so that work on them goes on in other threads meanwhile.
/// A row that the input fails at is failed at here too, after those before it.
/// </remarks>
internal sealed class BatchingCursor<TItem, TResult> : DataViewRowCursor
    where TItem : class, IDisposable
{
    private readonly DataViewRowCursor _input;
    private readonly Stage<TItem, TResult> _stage;
    private readonly ActiveColumns<TItem, TResult> _active;
    private readonly Action _throwIfCancelled;
    private readonly PassedColumn[] _passed;
    private readonly Delegate?[] _getters;
    private readonly Func<TItem> _read;
    private readonly ValueGetter<DataViewRowId> _readId;
    private RowBatch<TItem, TResult> _current;
    private RowBatch<TItem, TResult> _next;
    private bool _inputEnded;
    private bool _isFirst = true;
    private bool _isDone;
    private int _row = -1;
    private long _position = -1;

    public BatchingCursor(DataViewRowCursor input, Stage<TItem, TResult> stage, ActiveColumns<TItem, TResult> active)
    {
        _input = input;
        _stage = stage;
        _active = active;
        _throwIfCancelled = stage.WatchCancellation();
        _current = new RowBatch<TItem, TResult>(0, stage.BatchSize);
        _next = new RowBatch<TItem, TResult>(stage.BatchSize, stage.BatchSize);
        _read = stage.CreateReader(input, background: true);
        _readId = input.GetIdGetter();
        _passed = Array.ConvertAll(active.Passed, column => PassedColumn.Create(input, column, 2 * stage.BatchSize));
        _getters = new Delegate?[active.Output.Count];
        for (int index = 0; index < _passed.Length; index++)
        {
            _getters[active.Passed[index].Index] = _passed[index].CreateGetter(() => _current.FirstSlot + CurrentRow);
        }

        for (int index = 0; index < stage.Columns.Count; index++)
        {
            _getters[active.Input.Count + index] = active.IsActiveOfStage(index) ? stage.Columns[index].CreateGetter(() => _current.Result(CurrentRow)) : null;
        }
    }

    public override DataViewSchema Schema => _active.Output;

    public override long Position => _position;

    public override long Batch => _position >= 0 ? _current.Batch(_row) : 0;

    private int CurrentRow => _position >= 0 ? _row : throw Getters.NoRow();

    public override bool MoveNext()
    {
        if (_isDone)
        {
            return false;
        }

        if (_row + 1 < _current.Count || NextBatch())
        {
            _row++;
            _position = _isFirst ? 0 : _position + 1;
            _isFirst = false;
            return true;
        }

        _isDone = true;
        _position = -1;
        return false;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.IsActive(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = _current.Id(CurrentRow);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        _active.IsActive(column) ? Getters.As<TValue>(_getters[column.Index], column) : throw Getters.Inactive(column);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _isDone = true;
            _position = -1;
            _current.Clear();
            _next.Clear();
            _input.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Makes the next rows current; false where there are none.</summary>
    private bool NextBatch()
    {
        _throwIfCancelled();
        _current.Failure?.Throw();
        if (_isFirst)
        {
            Fill(_current);
        }
        else
        {
            (_current, _next) = (_next, _current);
            if (_current.Count == 0 && _current.Failure is null)
            {
                Fill(_current);
            }

            Fill(_next);
        }

        _row = -1;
        if (_current.Count == 0)
        {
            _current.Failure?.Throw();
            return false;
        }

        _current.Run(_stage, _active.IsActiveOfStage);
        return true;
    }

    private void Fill(RowBatch<TItem, TResult> batch)
    {
        batch.Clear();
        try
        {
            while (!_inputEnded && !batch.IsFull)
            {
                if (!_input.MoveNext())
                {
                    _inputEnded = true;
                    return;
                }

                foreach (PassedColumn column in _passed)
                {
                    column.Read(batch.FirstSlot + batch.Count);
                }

                DataViewRowId id = default;
                _readId(ref id);
                batch.Add(_read(), _input.Batch, id);
            }
        }
        catch (Exception exception)
        {
            _inputEnded = true;
            batch.Failure = ExceptionDispatchInfo.Capture(exception);
        }
    }
}
