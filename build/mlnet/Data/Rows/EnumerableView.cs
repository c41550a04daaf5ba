namespace Microsoft.ML.Data.Rows;

/// <summary>Objects as rows.</summary>
internal sealed class EnumerableView<TRow>(IEnumerable<TRow> rows, SchemaDefinition definition) : IDataView
    where TRow : class
{
    public bool CanShuffle => false;

    public DataViewSchema Schema { get; } = definition.ToSchema();

    public long? GetRowCount() => rows is ICollection<TRow> collection ? collection.Count : null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this, ActiveColumns.Of(Schema, columnsNeeded));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly ObjectRow<TRow> _row;
        private readonly ActiveColumns _active;
        private readonly IEnumerator<TRow> _rows;

        public Cursor(EnumerableView<TRow> view, ActiveColumns active)
        {
            _row = new ObjectRow<TRow>(view.Schema, view.Definition);
            _active = active;
            _rows = view.Rows.GetEnumerator();
        }

        public override DataViewSchema Schema => _row.Schema;

        public override long Position => _row.Position;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            bool isRow = _rows.MoveNext();
            _row.Become(isRow ? _rows.Current : null);
            return isRow;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => _row.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _row.GetGetter<TValue>(_active.Checked(column));

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _rows.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    private SchemaDefinition Definition => definition;

    private IEnumerable<TRow> Rows => rows;
}

/// <summary>An object as a row.</summary>
internal sealed class ObjectRow<TRow>(DataViewSchema schema, SchemaDefinition definition) : DataViewRow
    where TRow : class
{
    private TRow? _current;
    private long _count;

    public override DataViewSchema Schema => schema;

    public override long Position => _current is null ? -1 : _count - 1;

    public override long Batch => 0;

    private TRow Current => _current ?? throw new InvalidOperationException("There is no row to read.");

    /// <summary>Another object, or none.</summary>
    public void Become(TRow? row)
    {
        _current = row;
        _count += row is null ? 0 : 1;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => true;

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)Position, 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => definition[column.Index].Binding.CreateGetter(() => Current) as ValueGetter<TValue>
        ?? throw new InvalidOperationException($"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
}
