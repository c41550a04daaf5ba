using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Internals.Views;

/// <summary>One row at a time, as a <see cref="PredictionEngine{TSrc, TDst}"/> wants it.</summary>
internal sealed class StageMapper<TItem, TResult>(DataViewSchema input, Stage<TItem, TResult> stage) : IRowToRowMapper
    where TItem : class, IDisposable
{
    public DataViewSchema InputSchema => input;

    public DataViewSchema OutputSchema { get; } = stage.OutputSchema(input);

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        new ActiveColumns<TItem, TResult>(InputSchema, OutputSchema, stage, dependingColumns).Needed;

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        return ReferenceEquals(input.Schema, InputSchema)
            ? new MappedRow<TItem, TResult>(input, stage, new ActiveColumns<TItem, TResult>(InputSchema, OutputSchema, stage, activeColumns))
            : throw new ArgumentException("The row's schema is not the one that this mapper was made for: take both from the same place.", nameof(input));
    }
}
