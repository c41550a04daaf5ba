using Microsoft.ML.Data.Rows;

namespace Microsoft.ML.Data.Views;

/// <summary>The rows in which a column of Single is as somebody wants it.</summary>
internal sealed class FilteredView : IDataView
{
    private readonly IDataView _input;
    private readonly DataViewSchema.Column _column;
    private readonly Func<float, bool> _isWanted;

    public FilteredView(IDataView input, DataViewSchema.Column column, Func<float, bool> isWanted)
    {
        _input = input;
        _column = column.Type == NumberDataViewType.Single ? column : throw new NotSupportedException($"The double of ML.NET filters by columns of Single; '{column.Name}' is {column.Type}.");
        _isWanted = isWanted;
    }

    public bool CanShuffle => _input.CanShuffle;

    public DataViewSchema Schema => _input.Schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return new Cursor(this, _input.GetRowCursor(needed.Append(_column).DistinctBy(column => column.Index), rand), ActiveColumns.Of(Schema, needed));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(FilteredView view, DataViewRowCursor input, ActiveColumns active) : DataViewRowCursor
    {
        private readonly ValueGetter<float> _get = input.GetGetter<float>(view._column);

        private long _position = -1;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => input.Position < 0 ? -1 : _position;

        public override long Batch => input.Batch;

        public override bool MoveNext()
        {
            float value = 0;
            while (input.MoveNext())
            {
                _get(ref value);
                if (view._isWanted(value))
                {
                    _position++;
                    return true;
                }
            }

            return false;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => input.GetGetter<TValue>(active.Checked(column));

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
