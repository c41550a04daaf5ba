namespace Microsoft.ML.Data.Rows;

/// <summary>Writes rows into objects.</summary>
internal sealed class ObjectWriter(DataViewRow row, (SchemaDefinition.Column Member, DataViewSchema.Column Column)[] columns)
{
    private readonly Action<object>[] _setters = Array.ConvertAll(columns, pair => pair.Member.Binding.CreateSetter(row, pair.Column));

    /// <summary>Members that have a column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A member has none, and that was not to be ignored.</exception>
    public static (SchemaDefinition.Column Member, DataViewSchema.Column Column)[] ColumnsOf(DataViewSchema schema, SchemaDefinition definition, bool ignoreMissing)
    {
        SchemaDefinition.Column? missing = definition.Find(member => schema.GetColumnOrNull(member.ColumnName) is null);
        return missing is null || ignoreMissing
            ? [.. definition.Where(member => schema.GetColumnOrNull(member.ColumnName) is not null).Select(member => (member, schema[member.ColumnName]))]
            : throw new ArgumentOutOfRangeException(nameof(schema), $"Column '{missing.ColumnName}' not found in the data view");
    }

    public void Write(object target)
    {
        foreach (Action<object> set in _setters)
        {
            set(target);
        }
    }
}
