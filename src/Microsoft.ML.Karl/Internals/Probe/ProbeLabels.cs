using System.Globalization;
using System.Reflection;
using Microsoft.ML.Data;
using Microsoft.ML.Karl.Internals.Schemas;

namespace Microsoft.ML.Karl.Internals.Probe;

/// <summary>What the classes of a label are called: the values of its keys, of whatever type.</summary>
/// <param name="type">Type of a value.</param>
/// <param name="values">One for each class: an array of that type.</param>
internal sealed class ProbeLabels(PrimitiveDataViewType type, Array values)
{
    private static readonly MethodInfo ReadTyped = typeof(ProbeLabels).GetMethod(nameof(ReadOf), BindingFlags.Static | BindingFlags.NonPublic)!;
    private static readonly MethodInfo ViewTyped = typeof(ProbeLabels).GetMethod(nameof(ViewOf), BindingFlags.Instance | BindingFlags.NonPublic)!;

    public int Count => values.Length;

    public PrimitiveDataViewType Type => type;

    /// <summary>The classes' names as text.</summary>
    public IEnumerable<string> Names => values.Cast<object>().Select(value => Convert.ToString(value is ReadOnlyMemory<char> text ? text.ToString() : value, CultureInfo.InvariantCulture)!);

    /// <summary>The values of a column's keys, or their numbers where they have none.</summary>
    public static ProbeLabels Of(DataViewSchema.Column label)
    {
        int count = checked((int)((KeyDataViewType)label.Type).Count);
        return label.Annotations.Schema.GetColumnOrNull("KeyValues") is { Type: VectorDataViewType vector }
            ? (ProbeLabels)ReadTyped.MakeGenericMethod(vector.ItemType.RawType).Invoke(null, [label, vector.ItemType])!
            : new ProbeLabels(NumberDataViewType.UInt32, Enumerable.Range(0, count).Select(index => (uint)index).ToArray());
    }

    /// <summary>A column whose keys stand for these values.</summary>
    public DataViewSchema.Annotations Annotations() => (DataViewSchema.Annotations)typeof(ProbeLabels)
        .GetMethod(nameof(AnnotationsOf), BindingFlags.Instance | BindingFlags.NonPublic)!.MakeGenericMethod(type.RawType).Invoke(this, null)!;

    /// <summary>A view with a column <c>Key</c>, each class's index as Int32, and a column <c>Value</c>, what it is called.</summary>
    public IDataView View() => (IDataView)ViewTyped.MakeGenericMethod(type.RawType).Invoke(this, null)!;

    private static ProbeLabels ReadOf<TValue>(DataViewSchema.Column label, PrimitiveDataViewType type)
    {
        VBuffer<TValue> values = default;
        label.Annotations.GetValue("KeyValues", ref values);
        return new ProbeLabels(type, values.DenseValues().ToArray());
    }

    private DataViewSchema.Annotations AnnotationsOf<TValue>() => ColumnAnnotations.KeyValues(type, Count, () => (TValue[])values);

    private ListView<TValue> ViewOf<TValue>() => new(type, (TValue[])values);
}
