using System.Reflection;

namespace Microsoft.ML.Data.Rows;

/// <summary>Between a member of a class and the values of a column.</summary>
internal abstract class MemberBinding(MemberInfo member, DataViewType type)
{
    public DataViewType Type => type;

    /// <exception cref="NotSupportedException">The double has no columns of the member's type.</exception>
    public static MemberBinding Create(MemberInfo member)
    {
        Type valueType = member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;
        if (member.GetCustomAttribute<DataViewTypeAttribute>() is { Type: DataViewType own })
        {
            return Typed(typeof(ValueBinding<>), own.RawType, member, own);
        }

        if (valueType == typeof(string))
        {
            return new TextBinding(member);
        }

        int size = member.GetCustomAttribute<VectorTypeAttribute>()?.Size ?? 0;
        Type itemType = valueType.IsArray ? valueType.GetElementType()! : valueType;
        NumberDataViewType item = Array.Find(NumberDataViewType.All, number => number.RawType == itemType)
            ?? throw new NotSupportedException($"The double of ML.NET has no columns of {valueType.Name}, which '{member.Name}' is.");
        return valueType.IsArray
            ? Typed(typeof(ArrayBinding<>), itemType, member, new VectorDataViewType(item, size))
            : Typed(typeof(ValueBinding<>), itemType, member, item);
    }

    /// <summary>A <see cref="ValueGetter{TValue}"/> of the member of whatever object is current.</summary>
    public abstract Delegate CreateGetter(Func<object> current);

    /// <summary>What writes a column's current value into the member of an object.</summary>
    public abstract Action<object> CreateSetter(DataViewRow row, DataViewSchema.Column column);

    protected object? Get(object target) => member is FieldInfo field ? field.GetValue(target) : ((PropertyInfo)member).GetValue(target);

    protected void Set(object target, object? value)
    {
        if (member is FieldInfo field)
        {
            field.SetValue(target, value);
        }
        else
        {
            ((PropertyInfo)member).SetValue(target, value);
        }
    }

    protected ValueGetter<TValue> GetterOf<TValue>(DataViewRow row, DataViewSchema.Column column) => column.Type.RawType == typeof(TValue)
        ? row.GetGetter<TValue>(column)
        : throw new InvalidOperationException($"Can't bind the IDataView column '{column.Name}' of type '{column.Type}' to field or property '{member.Name}'.");

    private static MemberBinding Typed(Type binding, Type item, MemberInfo member, DataViewType type) =>
        (MemberBinding)Activator.CreateInstance(binding.MakeGenericType(item), member, type)!;
}

/// <summary>A member that is what the column holds.</summary>
internal sealed class ValueBinding<TValue>(MemberInfo member, DataViewType type) : MemberBinding(member, type)
{
    public override Delegate CreateGetter(Func<object> current) => (ValueGetter<TValue>)((ref TValue value) => value = (TValue)Get(current())!);

    public override Action<object> CreateSetter(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<TValue> getter = GetterOf<TValue>(row, column);
        TValue value = default!;
        return target =>
        {
            getter(ref value);
            Set(target, value);
        };
    }
}

/// <summary>A member that is a string.</summary>
internal sealed class TextBinding(MemberInfo member) : MemberBinding(member, TextDataViewType.Instance)
{
    public override Delegate CreateGetter(Func<object> current) =>
        (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = ((string?)Get(current())).AsMemory());

    public override Action<object> CreateSetter(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<ReadOnlyMemory<char>> getter = GetterOf<ReadOnlyMemory<char>>(row, column);
        ReadOnlyMemory<char> value = default;
        return target =>
        {
            getter(ref value);
            Set(target, value.ToString());
        };
    }
}

/// <summary>A member that is an array; null is one without items.</summary>
internal sealed class ArrayBinding<TItem>(MemberInfo member, VectorDataViewType type) : MemberBinding(member, type)
{
    public override Delegate CreateGetter(Func<object> current) => (ValueGetter<VBuffer<TItem>>)((ref VBuffer<TItem> value) =>
    {
        TItem[] items = (TItem[]?)Get(current()) ?? [];
        if (type.IsKnownSize && items.Length != type.Size)
        {
            throw new InvalidOperationException($"A vector has {items.Length} items; {type.Size} were expected.");
        }

        new VBuffer<TItem>(items.Length, items).CopyTo(ref value);
    });

    public override Action<object> CreateSetter(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<TItem>> getter = GetterOf<VBuffer<TItem>>(row, column);
        VBuffer<TItem> value = default;
        return target =>
        {
            getter(ref value);
            Set(target, value.GetValues().ToArray());
        };
    }
}
