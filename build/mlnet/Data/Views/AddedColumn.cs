namespace Microsoft.ML.Data.Views;

/// <summary>A column that a transformer adds, computed from one of the input's.</summary>
internal abstract class AddedColumn(string name, DataViewSchema.Column source, DataViewType type, DataViewSchema.Annotations? annotations = null)
{
    public DataViewSchema.Column Source => source;

    /// <summary>A <see cref="ValueGetter{TValue}"/> of the value for the input's current row.</summary>
    public abstract Delegate CreateGetter(DataViewRow input);

    /// <summary>A schema with the column behind it.</summary>
    public DataViewSchema OutputSchema(DataViewSchema input)
    {
        DataViewSchema.Builder builder = new();
        builder.AddColumns(input);
        builder.AddColumn(name, type, annotations);
        return builder.ToSchema();
    }

    /// <summary>Columns of the input that are read for some of the output.</summary>
    public DataViewSchema.Column[] Needed(DataViewSchema input, IEnumerable<DataViewSchema.Column> asked) =>
        [.. asked.Select(column => column.Index < input.Count ? input[column.Index] : source).DistinctBy(column => column.Index)];

    /// <summary>What reads a column of the output.</summary>
    public ValueGetter<TValue> Getter<TValue>(DataViewRow input, DataViewSchema.Column column) => column.Index < input.Schema.Count
        ? input.GetGetter<TValue>(input.Schema[column.Index])
        : CreateGetter(input) as ValueGetter<TValue> ?? throw new InvalidOperationException($"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
}
