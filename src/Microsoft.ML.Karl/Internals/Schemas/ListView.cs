using Microsoft.ML.Data;
using Microsoft.ML.Karl.Internals.Views;

namespace Microsoft.ML.Karl.Internals.Schemas;

/// <summary>A list of values of any primitive type as rows: <c>Key</c>, the row's number as Int32, and <c>Value</c>.</summary>
internal sealed class ListView<TValue> : IDataView
{
    private readonly TValue[] _values;

    public ListView(PrimitiveDataViewType type, TValue[] values)
    {
        _values = values;
        DataViewSchema.Builder builder = new();
        builder.AddColumn("Key", NumberDataViewType.Int32);
        builder.AddColumn("Value", type);
        Schema = builder.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _values.Length;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(ListView<TValue> list) : DataViewRowCursor
    {
        private int _row = -1;
        private int _next;

        public override DataViewSchema Schema => list.Schema;

        public override long Position => _row;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            _row = _next < list._values.Length ? _next++ : -1;
            return _row >= 0;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_row, 0);

        public override ValueGetter<TAsked> GetGetter<TAsked>(DataViewSchema.Column column) => Getters.As<TAsked>(
            column.Index == 0 ? (ValueGetter<int>)((ref int key) => key = _row) : (ValueGetter<TValue>)((ref TValue value) => value = list._values[_row]), column);
    }
}
