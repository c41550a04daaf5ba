namespace Microsoft.ML.Karl.Internals.Views;

/// <summary>Rows with a stage's columns behind their own. Nothing is read before a cursor moves.</summary>
internal sealed class StageView<TItem, TResult>(IDataView input, Stage<TItem, TResult> stage) : IDataView
    where TItem : class, IDisposable
{
    public bool CanShuffle => input.CanShuffle;

    public DataViewSchema Schema { get; } = stage.OutputSchema(input.Schema);

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        ActiveColumns<TItem, TResult> active = new(input.Schema, Schema, stage, columnsNeeded);
        return Open(input.GetRowCursor(active.Needed, rand), active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        ActiveColumns<TItem, TResult> active = new(input.Schema, Schema, stage, columnsNeeded);
        return Array.ConvertAll(input.GetRowCursorSet(active.Needed, n, rand), cursor => Open(cursor, active));
    }

    private DataViewRowCursor Open(DataViewRowCursor cursor, ActiveColumns<TItem, TResult> active) =>
        active.AnyOfStage ? new BatchingCursor<TItem, TResult>(cursor, stage, active) : new PassingCursor(cursor, Schema, active.IsActive);
}
