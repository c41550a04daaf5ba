using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Internals.Schemas;

/// <summary>What ML.NET wants to be told about a column's items, by the names that it gives these things.</summary>
internal static class ColumnAnnotations
{
    /// <summary>What the items of a vector of fixed size are called.</summary>
    public static DataViewSchema.Annotations SlotNames(int count, Func<IEnumerable<string>> names) =>
        Of<ReadOnlyMemory<char>>("SlotNames", new VectorDataViewType(TextDataViewType.Instance, count), () => [.. names().Select(name => name.AsMemory())]);

    /// <summary>What keys stand for.</summary>
    public static DataViewSchema.Annotations KeyValues<TValue>(PrimitiveDataViewType type, int count, Func<TValue[]> values) =>
        Of("KeyValues", new VectorDataViewType(type, count), values);

    private static DataViewSchema.Annotations Of<TItem>(string kind, VectorDataViewType type, Func<TItem[]> items)
    {
        DataViewSchema.Annotations.Builder builder = new();
        builder.Add(kind, type, (ref VBuffer<TItem> value) => Buffers.Set(ref value, items()));
        return builder.ToAnnotations();
    }
}
