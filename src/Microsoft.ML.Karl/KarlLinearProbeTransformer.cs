using System.Collections.Immutable;
using Microsoft.ML.Data;
using Microsoft.ML.Karl.Internals.Probe;
using Microsoft.ML.Karl.Internals.Saving;
using Microsoft.ML.Karl.Internals.Views;

namespace Microsoft.ML.Karl;

/// <summary>A trained linear probe: features in, class and probabilities out. Saved and loaded with ML.NET alone.</summary>
public sealed class KarlLinearProbeTransformer : ITransformer
{
    private readonly LinearModel _model;
    private readonly ProbeLabels _labels;
    private readonly ProbeColumns _columns;
    private readonly ProbeStage _stage;

    internal KarlLinearProbeTransformer(LinearModel model, ProbeLabels labels, ProbeColumns columns)
    {
        _model = model;
        _labels = labels;
        _columns = columns;
        _stage = new ProbeStage(model, labels, columns);
    }

    /// <summary>True: rows can be mapped one at a time.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>Classes.</summary>
    public int ClassCount => _model.ClassCount;

    /// <summary>Features.</summary>
    public int FeatureCount => _model.FeatureCount;

    /// <summary><c>[classes, features + 1]</c>, row after row, for features as they are; the last number of each row is the bias.</summary>
    public ImmutableArray<float> Weights => [.. _model.Weights];

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return _stage.OutputSchema(inputSchema);
    }

    /// <inheritdoc/>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new StageView<FeatureItem, float[]>(input, _stage);
    }

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new StageMapper<FeatureItem, float[]>(inputSchema, _stage);
    }

    /// <inheritdoc/>
    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)PortableProbeChain.Create(_model, _labels, _columns)).Save(ctx);
}
