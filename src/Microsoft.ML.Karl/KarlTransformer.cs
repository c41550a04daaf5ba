using Karl.Tokenizers.Sessions;
using Microsoft.ML.Data;

namespace Microsoft.ML.Karl;

/// <summary>A fitted stage that has a model. Dispose it, or the chain that it is in, when nobody uses it any more.</summary>
/// <remarks>
/// All cursors and engines share one loaded model, and so do transformers of the same model file with the same settings.
/// Saved with <c>mlContext.Model.Save</c>, alone or in a chain, the whole model travels along; loaded, it works one row at a time until
/// <see cref="MLContextKarlExtensions.RestoreKarl"/> gives it its batches back.
/// </remarks>
public abstract class KarlTransformer : ITransformer, IDisposable
{
    private protected KarlTransformer()
    {
    }

    /// <summary>True: rows can be mapped one at a time, as a <see cref="PredictionEngine{TSrc, TDst}"/> does.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>Where the model runs: what was asked for, or the processor after a fallback.</summary>
    public abstract TokenizerDevice Device { get; }

    /// <inheritdoc/>
    public abstract DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

    /// <inheritdoc/>
    public abstract IDataView Transform(IDataView input);

    /// <inheritdoc/>
    public abstract IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema);

    /// <inheritdoc/>
    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)CreatePortable()).Save(ctx);

    /// <inheritdoc/>
    public void Dispose()
    {
        DisposeModel();
        GC.SuppressFinalize(this);
    }

    /// <summary>The same as a chain that ML.NET can load by itself.</summary>
    internal abstract ITransformer CreatePortable();

    private protected abstract void DisposeModel();
}
