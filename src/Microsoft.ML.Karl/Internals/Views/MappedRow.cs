using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Internals.Views;

/// <summary>A row with a stage's columns behind its own, computed when one of them is first read at a position.</summary>
internal sealed class MappedRow<TItem, TResult> : DataViewRow
    where TItem : class, IDisposable
{
    private readonly DataViewRow _input;
    private readonly Stage<TItem, TResult> _stage;
    private readonly ActiveColumns<TItem, TResult> _active;
    private readonly Action _throwIfCancelled;
    private readonly Func<TItem>? _read;
    private readonly TResult[] _result = new TResult[1];
    private long _computed = -1;

    public MappedRow(DataViewRow input, Stage<TItem, TResult> stage, ActiveColumns<TItem, TResult> active)
    {
        _input = input;
        _stage = stage;
        _active = active;
        _throwIfCancelled = stage.WatchCancellation();
        _read = active.AnyOfStage ? stage.CreateReader(input, background: false) : null;
    }

    public override DataViewSchema Schema => _active.Output;

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!_active.IsActive(column))
        {
            throw Getters.Inactive(column);
        }

        return column.Index < _active.Input.Count
            ? _input.GetGetter<TValue>(_active.Input[column.Index])
            : Getters.As<TValue>(_stage.Columns[column.Index - _active.Input.Count].CreateGetter(Current), column);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _input.Dispose();
        }

        base.Dispose(disposing);
    }

    private TResult Current()
    {
        if (_input.Position < 0)
        {
            throw Getters.NoRow();
        }

        if (_computed != _input.Position)
        {
            _throwIfCancelled();
            using TItem item = _read!();
            _stage.Run([item], _result, _active.IsActiveOfStage);
            _computed = _input.Position;
        }

        return _result[0];
    }
}
