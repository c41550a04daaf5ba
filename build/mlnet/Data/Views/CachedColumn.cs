namespace Microsoft.ML.Data.Views;

/// <summary>All values of a column.</summary>
internal abstract class CachedColumn
{
    public static CachedColumn Create(DataViewRow row, DataViewSchema.Column column) => (CachedColumn)(column.Type is VectorDataViewType vector
        ? Activator.CreateInstance(typeof(CachedVectors<>).MakeGenericType(vector.ItemType.RawType), row, column)
        : Activator.CreateInstance(typeof(CachedValues<>).MakeGenericType(column.Type.RawType), row, column))!;

    /// <summary>Keeps the current row's value.</summary>
    public abstract void Add();

    /// <summary>A <see cref="ValueGetter{TValue}"/> of the value in the current row.</summary>
    public abstract Delegate CreateGetter(Func<int> current);
}

/// <inheritdoc/>
internal sealed class CachedValues<TValue>(DataViewRow row, DataViewSchema.Column column) : CachedColumn
{
    private readonly ValueGetter<TValue> _get = row.GetGetter<TValue>(column);
    private readonly List<TValue> _values = [];

    public override void Add()
    {
        TValue value = default!;
        _get(ref value);
        _values.Add(value);
    }

    public override Delegate CreateGetter(Func<int> current) => (ValueGetter<TValue>)((ref TValue value) => value = _values[current()]);
}

/// <summary>Vectors are copied, since whoever reads them may write into the memory.</summary>
internal sealed class CachedVectors<TItem>(DataViewRow row, DataViewSchema.Column column) : CachedColumn
{
    private readonly ValueGetter<VBuffer<TItem>> _get = row.GetGetter<VBuffer<TItem>>(column);
    private readonly List<VBuffer<TItem>> _values = [];

    public override void Add()
    {
        VBuffer<TItem> value = default;
        _get(ref value);
        _values.Add(value);
    }

    public override Delegate CreateGetter(Func<int> current) => (ValueGetter<VBuffer<TItem>>)((ref VBuffer<TItem> value) => _values[current()].CopyTo(ref value));
}
