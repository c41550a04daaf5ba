namespace Microsoft.ML.Karl.Internals.Views;

/// <summary>Hands out getters as what the caller takes them for.</summary>
internal static class Getters
{
    public static ValueGetter<TValue> As<TValue>(Delegate? getter, DataViewSchema.Column column) =>
        getter as ValueGetter<TValue>
        ?? throw (getter is null
            ? Inactive(column)
            : new InvalidOperationException($"Column '{column.Name}' is {column.Type}, which is read as {column.Type.RawType.Name}; {typeof(TValue).Name} was asked for."));

    public static InvalidOperationException Inactive(DataViewSchema.Column column) =>
        new($"Column '{column.Name}' was not asked for when this cursor was opened: name it among the needed columns.");

    public static InvalidOperationException NoRow() => new("The cursor is at no row: call MoveNext, and read only while it gives true.");
}
