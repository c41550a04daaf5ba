using Microsoft.ML.Data.Rows;

namespace Microsoft.ML.Data.Views;

/// <summary>A view with a column more.</summary>
internal sealed class AddedColumnView(IDataView input, AddedColumn added) : IDataView
{
    public bool CanShuffle => input.CanShuffle;

    public DataViewSchema Schema { get; } = added.OutputSchema(input.Schema);

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] asked = [.. columnsNeeded];
        return new Cursor(Schema, added, input.GetRowCursor(added.Needed(input.Schema, asked), rand), ActiveColumns.Of(Schema, asked));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewSchema schema, AddedColumn added, DataViewRowCursor input, ActiveColumns active) : DataViewRowCursor
    {
        public override DataViewSchema Schema => schema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override bool MoveNext() => input.MoveNext();

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => added.Getter<TValue>(input, active.Checked(column));

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                input.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}

/// <summary>Rows with a column more.</summary>
internal sealed class AddedColumnMapper(DataViewSchema input, AddedColumn added) : IRowToRowMapper
{
    public DataViewSchema InputSchema => input;

    public DataViewSchema OutputSchema { get; } = added.OutputSchema(input);

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) => added.Needed(input, dependingColumns);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => new Row(OutputSchema, added, input, ActiveColumns.Of(OutputSchema, activeColumns));

    private sealed class Row(DataViewSchema schema, AddedColumn added, DataViewRow input, ActiveColumns active) : DataViewRow
    {
        public override DataViewSchema Schema => schema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => added.Getter<TValue>(input, active.Checked(column));

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                input.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
