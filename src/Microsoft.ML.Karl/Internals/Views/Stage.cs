namespace Microsoft.ML.Karl.Internals.Views;

/// <summary>A step of a pipeline that adds columns, computed for many rows in one run.</summary>
/// <typeparam name="TItem">What is read of a row.</typeparam>
/// <typeparam name="TResult">What is computed of it.</typeparam>
internal abstract class Stage<TItem, TResult>
    where TItem : class, IDisposable
{
    /// <summary>The columns that are added.</summary>
    public abstract IReadOnlyList<StageColumn<TResult>> Columns { get; }

    /// <summary>Most rows in one run.</summary>
    public abstract int BatchSize { get; }

    /// <summary>The columns that are read; throws, naming the column, what it is and what would fit, where they cannot be.</summary>
    public abstract DataViewSchema.Column[] InputsOf(DataViewSchema schema);

    /// <summary>Something that reads the current row, which must have the columns of <see cref="InputsOf"/> active.</summary>
    /// <param name="row">Row or cursor.</param>
    /// <param name="background">Whether work may go on in other threads after reading.</param>
    public abstract Func<TItem> CreateReader(DataViewRow row, bool background);

    /// <summary>Computes all results; what goes wrong with one row is a matter of its result.</summary>
    /// <param name="items">What was read, at most <see cref="BatchSize"/>.</param>
    /// <param name="results">As many results.</param>
    /// <param name="isActive">Which of <see cref="Columns"/> are asked for, by index.</param>
    public abstract void Run(ReadOnlySpan<TItem> items, Span<TResult> results, Func<int, bool> isActive);

    /// <summary>For work that begins now: what throws once it is cancelled.</summary>
    public abstract Action WatchCancellation();

    /// <summary>A schema with the added columns behind it.</summary>
    public DataViewSchema OutputSchema(DataViewSchema input)
    {
        InputsOf(input);
        DataViewSchema.Builder builder = new();
        builder.AddColumns(input);
        builder.AddColumns(Columns.Select(column => column.Detached));
        return builder.ToSchema();
    }
}
