using Karl.Tokenizers.Sessions;
using Microsoft.ML.Data;
using Microsoft.ML.Karl.Internals.Models;
using Microsoft.ML.Karl.Internals.Views;

namespace Microsoft.ML.Karl.Internals;

/// <summary>What transformers with a model do alike.</summary>
internal sealed class StageTransformer<TItem, TResult>(Stage<TItem, TResult> stage, ModelContent content, ModelShare model) : IDisposable
    where TItem : class, IDisposable
{
    public TokenizerDevice Device => model.Device;

    public ModelContent Content => content;

    public ModelShare Model => model;

    public DataViewSchema GetOutputSchema(DataViewSchema input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return stage.OutputSchema(input);
    }

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new StageView<TItem, TResult>(input, stage);
    }

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new StageMapper<TItem, TResult>(input, stage);
    }

    public void Dispose()
    {
        model.Dispose();
        content.Dispose();
    }
}
