namespace Microsoft.ML.Data;

/// <summary>Names a member's column.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class ColumnNameAttribute : Attribute
{
    /// <summary>A name.</summary>
    public ColumnNameAttribute(string name) => Name = name;

    internal string Name { get; }
}

/// <summary>Says how many items a member's vectors have.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class VectorTypeAttribute : Attribute
{
    /// <summary>A size.</summary>
    public VectorTypeAttribute(int size) => Size = size;

    internal int Size { get; }
}

/// <summary>A member that is no column.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class NoColumnAttribute : Attribute
{
}

/// <summary>Gives a member's column a type of its own.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public abstract class DataViewTypeAttribute : Attribute
{
    private protected DataViewTypeAttribute()
    {
    }

    internal abstract DataViewType Type { get; }
}
