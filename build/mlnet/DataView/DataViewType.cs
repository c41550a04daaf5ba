namespace Microsoft.ML.Data;

/// <summary>Type of a column.</summary>
public abstract class DataViewType : IEquatable<DataViewType>
{
    private protected DataViewType(Type rawType) => RawType = rawType;

    /// <summary>Type that a value is read as.</summary>
    public Type RawType { get; }

    /// <inheritdoc/>
    public abstract bool Equals(DataViewType? other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DataViewType);

    /// <inheritdoc/>
    public override int GetHashCode() => RawType.GetHashCode();
}

/// <summary>Type of something with parts.</summary>
public abstract class StructuredDataViewType : DataViewType
{
    /// <summary>One that is read as a type.</summary>
    protected StructuredDataViewType(Type rawType)
        : base(rawType)
    {
    }
}

/// <summary>Type of something without parts, which can be an item of a vector.</summary>
public abstract class PrimitiveDataViewType : DataViewType
{
    /// <summary>One that is read as a type.</summary>
    protected PrimitiveDataViewType(Type rawType)
        : base(rawType)
    {
    }
}

/// <summary>Text.</summary>
public sealed class TextDataViewType : PrimitiveDataViewType
{
    private TextDataViewType()
        : base(typeof(ReadOnlyMemory<char>))
    {
    }

    /// <summary>The only one.</summary>
    public static TextDataViewType Instance { get; } = new();

    /// <inheritdoc/>
    public override bool Equals(DataViewType? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override string ToString() => "String";
}

/// <summary>True or false.</summary>
public sealed class BooleanDataViewType : PrimitiveDataViewType
{
    private BooleanDataViewType()
        : base(typeof(bool))
    {
    }

    /// <summary>The only one.</summary>
    public static BooleanDataViewType Instance { get; } = new();

    /// <inheritdoc/>
    public override bool Equals(DataViewType? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override string ToString() => "Boolean";
}

/// <summary>Numbers.</summary>
public sealed class NumberDataViewType : PrimitiveDataViewType
{
    private NumberDataViewType(Type rawType)
        : base(rawType)
    {
    }

    /// <summary>8 bits without sign.</summary>
    public static NumberDataViewType Byte { get; } = new(typeof(byte));

    /// <summary>32 bits.</summary>
    public static NumberDataViewType Int32 { get; } = new(typeof(int));

    /// <summary>32 bits without sign.</summary>
    public static NumberDataViewType UInt32 { get; } = new(typeof(uint));

    /// <summary>64 bits.</summary>
    public static NumberDataViewType Int64 { get; } = new(typeof(long));

    /// <summary>Floating point, 32 bits.</summary>
    public static NumberDataViewType Single { get; } = new(typeof(float));

    /// <summary>Floating point, 64 bits.</summary>
    public static NumberDataViewType Double { get; } = new(typeof(double));

    internal static NumberDataViewType[] All => [Byte, Int32, UInt32, Int64, Single, Double];

    /// <inheritdoc/>
    public override bool Equals(DataViewType? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override string ToString() => RawType.Name;
}

/// <summary>Keys: 1 to a count, where 0 is missing.</summary>
public sealed class KeyDataViewType : PrimitiveDataViewType
{
    /// <summary>Keys of a type without sign.</summary>
    public KeyDataViewType(Type type, int count)
        : this(type, count > 0 ? (ulong)count : throw new ArgumentOutOfRangeException(nameof(count), count, "At least 1 was expected."))
    {
    }

    /// <inheritdoc cref="KeyDataViewType(Type, int)"/>
    public KeyDataViewType(Type type, ulong count)
        : base(type)
    {
        ArgumentOutOfRangeException.ThrowIfZero(count);
        Count = type == typeof(uint) ? count : throw new NotSupportedException("The double of ML.NET has only keys of UInt32.");
    }

    /// <summary>The largest key.</summary>
    public ulong Count { get; }

    /// <inheritdoc/>
    public override bool Equals(DataViewType? other) => other is KeyDataViewType key && key.RawType == RawType && key.Count == Count;

    /// <inheritdoc/>
    public override bool Equals(object? other) => Equals(other as DataViewType);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(RawType, Count);

    /// <inheritdoc/>
    public override string ToString() => $"Key<{RawType.Name}, 0-{Count - 1}>";
}

/// <summary>As many items as are said, or any number of them.</summary>
public sealed class VectorDataViewType : StructuredDataViewType
{
    /// <summary>Items of a type; a size of 0 is any.</summary>
    public VectorDataViewType(PrimitiveDataViewType itemType, int size = 0)
        : base(typeof(VBuffer<>).MakeGenericType((itemType ?? throw new ArgumentNullException(nameof(itemType))).RawType))
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ItemType = itemType;
        Size = size;
    }

    /// <summary>Whether all vectors have as many items.</summary>
    public bool IsKnownSize => Size > 0;

    /// <summary>Type of an item.</summary>
    public PrimitiveDataViewType ItemType { get; }

    /// <summary>Items, or 0.</summary>
    public int Size { get; }

    /// <inheritdoc/>
    public override bool Equals(DataViewType? other) => other is VectorDataViewType vector && vector.ItemType.Equals(ItemType) && vector.Size == Size;

    /// <inheritdoc/>
    public override bool Equals(object? other) => Equals(other as DataViewType);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ItemType, Size);

    /// <inheritdoc/>
    public override string ToString() => Size == 0 ? $"Vector<{ItemType}>" : $"Vector<{ItemType}, {Size}>";
}
