using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Internals.Views;

/// <summary>A cursor of the input under the schema of the output, for when none of the stage's columns was asked for.</summary>
internal sealed class PassingCursor(DataViewRowCursor input, DataViewSchema schema, Func<DataViewSchema.Column, bool> isActive) : DataViewRowCursor
{
    public override DataViewSchema Schema => schema;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override bool MoveNext() => input.MoveNext();

    public override bool IsColumnActive(DataViewSchema.Column column) => isActive(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        isActive(column) ? input.GetGetter<TValue>(input.Schema[column.Index]) : throw Getters.Inactive(column);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            input.Dispose();
        }

        base.Dispose(disposing);
    }
}
