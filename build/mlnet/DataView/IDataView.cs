using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Rows that are read as often as one likes.</summary>
public interface IDataView
{
    /// <summary>Whether rows can come in random order.</summary>
    bool CanShuffle { get; }

    /// <summary>The columns.</summary>
    DataViewSchema Schema { get; }

    /// <summary>How many rows there are, where that is known.</summary>
    long? GetRowCount();

    /// <summary>Reads some columns of all rows.</summary>
    DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null);

    /// <summary>Reads some columns of all rows in parts.</summary>
    DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null);
}

/// <summary>Reads a value into memory that is used again.</summary>
public delegate void ValueGetter<TValue>(ref TValue value);

/// <summary>A row.</summary>
public abstract class DataViewRow : IDisposable
{
    /// <summary>Its number in its view, or -1 where there is no row.</summary>
    public abstract long Position { get; }

    /// <summary>Number of its batch.</summary>
    public abstract long Batch { get; }

    /// <summary>The columns.</summary>
    public abstract DataViewSchema Schema { get; }

    /// <summary>Reads the row's name.</summary>
    public abstract ValueGetter<DataViewRowId> GetIdGetter();

    /// <summary>Whether a column can be read.</summary>
    public abstract bool IsColumnActive(DataViewSchema.Column column);

    /// <summary>What reads a column.</summary>
    public abstract ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back what the row holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>One row after the other.</summary>
public abstract class DataViewRowCursor : DataViewRow
{
    /// <summary>Goes to the next row, if there is one.</summary>
    public abstract bool MoveNext();
}
