using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Internals.Views;

/// <summary>Writes the value of a column, told by a result, into memory that is used again.</summary>
internal delegate void ValueWriter<TResult, TValue>(TResult result, ref TValue value);

/// <summary>A column that a stage adds.</summary>
internal abstract class StageColumn<TResult>(string name, DataViewType type, DataViewSchema.Annotations? annotations)
{
    public DataViewSchema.DetachedColumn Detached { get; } = new(name, type, annotations);

    /// <summary>A <see cref="ValueGetter{TValue}"/> for whatever the current result is.</summary>
    public abstract Delegate CreateGetter(Func<TResult> current);
}

/// <inheritdoc/>
internal sealed class StageColumn<TResult, TValue>(string name, DataViewType type, ValueWriter<TResult, TValue> write, DataViewSchema.Annotations? annotations = null)
    : StageColumn<TResult>(name, type, annotations)
{
    public override Delegate CreateGetter(Func<TResult> current) => (ValueGetter<TValue>)((ref TValue value) => write(current(), ref value));
}
