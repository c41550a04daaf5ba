using Microsoft.ML.Data.Rows;

namespace Microsoft.ML.Data.Views;

/// <summary>Columns that are read once, when they are first asked for, and kept; in their order, or in a random one.</summary>
internal sealed class CachedView(IDataView input, Random? random) : IDataView
{
    private readonly Lock _lock = new();
    private readonly CachedColumn?[] _columns = new CachedColumn?[input.Schema.Count];
    private int[] _order = [];
    private bool _isCounted;

    public bool CanShuffle => true;

    public DataViewSchema Schema => input.Schema;

    public long? GetRowCount() => input.GetRowCount() ?? (_isCounted ? _order.Length : null);

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        lock (_lock)
        {
            Read([.. needed.Where(column => _columns[column.Index] is null)]);
        }

        int[] order = [.. _order];
        (rand ?? random)?.Shuffle(order);
        return new Cursor(this, ActiveColumns.Of(Schema, needed), order);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private void Read(DataViewSchema.Column[] missing)
    {
        if (missing.Length == 0 && _isCounted)
        {
            return;
        }

        using DataViewRowCursor cursor = input.GetRowCursor(missing);
        CachedColumn[] read = Array.ConvertAll(missing, column => CachedColumn.Create(cursor, column));
        int count = 0;
        while (cursor.MoveNext())
        {
            count++;
            Array.ForEach(read, column => column.Add());
        }

        for (int index = 0; index < missing.Length; index++)
        {
            _columns[missing[index].Index] = read[index];
        }

        _order = [.. Enumerable.Range(0, count)];
        _isCounted = true;
    }

    private sealed class Cursor(CachedView view, ActiveColumns active, int[] order) : DataViewRowCursor
    {
        private int _row = -1;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _row < order.Length ? _row : -1;

        public override long Batch => 0;

        private int Current => Position >= 0 ? order[_row] : throw new InvalidOperationException("There is no row to read.");

        public override bool MoveNext()
        {
            _row = Math.Min(_row + 1, order.Length);
            return _row < order.Length;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)Current, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            view._columns[active.Checked(column).Index]!.CreateGetter(() => Current) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
    }
}
