namespace Microsoft.ML.Data.Rows;

/// <summary>The columns of a view that somebody asked for.</summary>
internal sealed class ActiveColumns
{
    private readonly bool[] _active;

    private ActiveColumns(bool[] active) => _active = active;

    public static ActiveColumns Of(DataViewSchema schema, IEnumerable<DataViewSchema.Column> needed)
    {
        bool[] active = new bool[schema.Count];
        foreach (DataViewSchema.Column column in needed)
        {
            active[column.Index] = true;
        }

        return new ActiveColumns(active);
    }

    public bool Contains(DataViewSchema.Column column) => _active[column.Index];

    public bool Contains(int index) => _active[index];

    public DataViewSchema.Column Checked(DataViewSchema.Column column) =>
        Contains(column) ? column : throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is not active.");
}
