using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Internals.Schemas;

/// <summary>What a column is, as far as the stages care: found in a schema or in the shape of one.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Item">Type of an item; for keys the type below.</param>
/// <param name="IsVector">Whether there are many items in a row.</param>
/// <param name="IsKey">Whether items are keys.</param>
/// <param name="Size">Items in a row where they are always as many; 0 where that is not known.</param>
internal sealed record ColumnKind(string Name, Type Item, bool IsVector, bool IsKey, int Size)
{
    /// <summary>All columns but those that others of the same name hide.</summary>
    public static ColumnKind[] AllOf(DataViewSchema schema) => [.. schema.Where(column => !column.IsHidden).Select(Of)];

    public static ColumnKind Of(DataViewSchema.Column column) => column.Type is VectorDataViewType vector
        ? new ColumnKind(column.Name, vector.ItemType.RawType, true, vector.ItemType is KeyDataViewType, vector.Size)
        : new ColumnKind(column.Name, column.Type.RawType, false, column.Type is KeyDataViewType, 1);

    public static ColumnKind Of(SchemaShape.Column column) =>
        new(column.Name, column.ItemType.RawType, column.Kind != SchemaShape.Column.VectorKind.Scalar, column.IsKey, 0);

    /// <summary>A column by its name.</summary>
    /// <exception cref="ArgumentException">There is none; names those that there are.</exception>
    public static ColumnKind Find(IEnumerable<ColumnKind> columns, string name, string wanted)
    {
        ColumnKind[] all = [.. columns];
        return Array.Find(all, column => column.Name == name)
            ?? throw new ArgumentException($"There is no column '{name}'; {wanted} was expected. The columns are: {string.Join(", ", all.Select(column => column.Name))}.");
    }

    public ArgumentException Unfit(string wanted) => new($"Column '{Name}' is {this}; {wanted} was expected.");

    public override string ToString()
    {
        string item = Item == typeof(ReadOnlyMemory<char>) ? "text" : Item.Name;
        string key = IsKey ? $"key of {item}" : item;
        return !IsVector ? key : Size > 0 ? $"a vector of {Size} {key}" : $"a vector of {key}";
    }
}
