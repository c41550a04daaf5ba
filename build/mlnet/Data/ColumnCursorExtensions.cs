namespace Microsoft.ML.Data;

/// <summary>One column of a view.</summary>
public static class ColumnCursorExtensions
{
    /// <summary>Its values, one after the other; where they are vectors or other objects, in memory that is used again.</summary>
    public static IEnumerable<T> GetColumn<T>(this IDataView data, string columnName)
    {
        ArgumentNullException.ThrowIfNull(data);
        DataViewSchema.Column column = data.Schema[columnName];
        if (column.Type.RawType == typeof(T))
        {
            return Direct<T>(data, column);
        }

        if (typeof(T) == typeof(string) && column.Type is TextDataViewType)
        {
            return (IEnumerable<T>)Direct<ReadOnlyMemory<char>>(data, column).Select(text => text.ToString());
        }

        return typeof(T).IsArray && column.Type is VectorDataViewType vector && vector.ItemType.RawType == typeof(T).GetElementType()
            ? (IEnumerable<T>)typeof(ColumnCursorExtensions).GetMethod(nameof(Arrays), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
                .MakeGenericMethod(vector.ItemType.RawType).Invoke(null, [data, column])!
            : throw new ArgumentOutOfRangeException(nameof(columnName), $"Cannot map column (name: {columnName}, type: {column.Type}) to the user-defined type, {typeof(T)}.");
    }

    private static IEnumerable<TItem[]> Arrays<TItem>(IDataView data, DataViewSchema.Column column) => Direct<VBuffer<TItem>>(data, column).Select(vector => vector.GetValues().ToArray());

    private static IEnumerable<T> Direct<T>(IDataView data, DataViewSchema.Column column)
    {
        using DataViewRowCursor cursor = data.GetRowCursor([column]);
        ValueGetter<T> getter = cursor.GetGetter<T>(column);
        T value = default!;
        while (cursor.MoveNext())
        {
            getter(ref value);
            yield return value;
        }
    }
}
