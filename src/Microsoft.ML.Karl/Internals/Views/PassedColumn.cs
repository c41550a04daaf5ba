using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Internals.Views;

/// <summary>Keeps the values of a passed column for the rows that were read ahead, each in a slot that is used again.</summary>
internal abstract class PassedColumn
{
    private static readonly MethodInfo CreateTyped = typeof(PassedColumn).GetMethod(nameof(CreateOf), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>One for a column of any type.</summary>
    public static PassedColumn Create(DataViewRow input, DataViewSchema.Column column, int slotCount) =>
        (PassedColumn)CreateTyped.MakeGenericMethod(column.Type.RawType).Invoke(null, [input, column, slotCount])!;

    /// <summary>Keeps the current row's value.</summary>
    public abstract void Read(int slot);

    /// <summary>A <see cref="ValueGetter{TValue}"/> of the value in the slot that is current.</summary>
    public abstract Delegate CreateGetter(Func<int> current);

    private static PassedColumn CreateOf<TValue>(DataViewRow input, DataViewSchema.Column column, int slotCount)
    {
        ValueGetter<TValue> read = input.GetGetter<TValue>(column);
        return column.Type is VectorDataViewType vector
            ? (PassedColumn)Activator.CreateInstance(typeof(PassedVector<>).MakeGenericType(vector.ItemType.RawType), read, slotCount)!
            : new PassedValue<TValue>(read, slotCount);
    }
}

/// <summary>Vectors are copied, since whoever reads them may write into the memory.</summary>
internal sealed class PassedVector<TItem>(ValueGetter<VBuffer<TItem>> read, int slotCount) : PassedColumn
{
    private readonly VBuffer<TItem>[] _values = new VBuffer<TItem>[slotCount];

    public override void Read(int slot) => read(ref _values[slot]);

    public override Delegate CreateGetter(Func<int> current) => (ValueGetter<VBuffer<TItem>>)((ref VBuffer<TItem> value) => _values[current()].CopyTo(ref value));
}

/// <summary>
/// Other values are handed out as they are. An object such as an image then belongs to whoever read it: the input gets back, to dispose or use again,
/// only what nobody has read.
/// </summary>
internal sealed class PassedValue<TValue>(ValueGetter<TValue> read, int slotCount) : PassedColumn
{
    private readonly TValue[] _values = new TValue[slotCount];
    private readonly bool[] _isHandedOut = new bool[slotCount];

    public override void Read(int slot)
    {
        if (_isHandedOut[slot])
        {
            _values[slot] = default!;
            _isHandedOut[slot] = false;
        }

        read(ref _values[slot]);
    }

    public override Delegate CreateGetter(Func<int> current) => (ValueGetter<TValue>)((ref TValue value) =>
    {
        int slot = current();
        _isHandedOut[slot] = true;
        value = _values[slot];
    });
}
