using Microsoft.ML.Data;
using Microsoft.ML.Karl.Internals.Models;
using Microsoft.ML.Karl.Internals.Probe;
using Microsoft.ML.Karl.Internals.Schemas;

namespace Microsoft.ML.Karl;

/// <summary>A linear probe as papers on representations use it: standardized features, one linear layer, a softmax.</summary>
/// <remarks>
/// <para>
/// Machine learning task: multiclass classification. Is normalization required? No, it is part of the trainer. Is caching required? No, the data is read once
/// and kept in memory, 4 bytes a feature. Required NuGet in addition to Microsoft.ML: KarlMl. Exportable to ONNX: No.
/// </para>
/// <para>
/// Input columns: a key of UInt32 (label) and a vector of Single of fixed size (features). Output columns: <c>PredictedLabel</c>, a key with the label's values, and
/// <c>Score</c>, a vector of the classes' probabilities. Rows without a label, or with a feature that is not finite, are left out of the training;
/// where one is predicted, the scores are NaN and the label is missing.
/// </para>
/// </remarks>
public sealed class KarlLinearProbeTrainer : IEstimator<KarlLinearProbeTransformer>
{
    private readonly ContextLink _context;
    private readonly ProbeColumns _columns;
    private readonly KarlLinearProbeOptions _options;

    internal KarlLinearProbeTrainer(ContextLink context, string labelColumnName, string featureColumnName, KarlLinearProbeOptions options)
    {
        options.Validate();
        _context = context;
        _columns = new ProbeColumns(labelColumnName, featureColumnName);
        _options = options;
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        ColumnKind[] columns = [.. inputSchema.Select(ColumnKind.Of)];
        ProbeInputs.RequireFeatures(columns, _columns.Features);
        ProbeInputs.RequireLabel(columns, _columns.Label);
        DataViewSchema.Builder builder = new();
        builder.AddColumns(ProbeStage.CreateColumns(new ProbeLabels(TextDataViewType.Instance, new[] { default(ReadOnlyMemory<char>) })).Select(column => column.Detached));
        return inputSchema.With(SchemaShapes.Of(builder.ToSchema()));
    }

    /// <summary>Trains the probe.</summary>
    /// <exception cref="ArgumentException">A column is not there or is of another type, or no row has both a label and features.</exception>
    /// <exception cref="OperationCanceledException">The context's work was cancelled.</exception>
    public KarlLinearProbeTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ColumnKind[] columns = ColumnKind.AllOf(input.Schema);
        ColumnKind features = ProbeInputs.RequireFeatures(columns, _columns.Features);
        ProbeInputs.RequireLabel(columns, _columns.Label);
        if (features.Size == 0)
        {
            throw features.Unfit("a vector of fixed size");
        }

        ProbeLabels labels = ProbeLabels.Of(input.Schema[_columns.Label]);
        Action throwIfCanceled = _context.Watch();
        TrainingRows rows = TrainingRows.Read(input, input.Schema[_columns.Label], input.Schema[_columns.Features], throwIfCanceled);
        if (rows.Count == 0)
        {
            throw new ArgumentException($"No row has both a label in '{_columns.Label}' and finite features in '{_columns.Features}'; {rows.LeftOut} rows lack one of them.");
        }

        return new KarlLinearProbeTransformer(Train(rows, labels.Count, throwIfCanceled), labels, _columns);
    }

    private LinearModel Train(TrainingRows rows, int classCount, Action throwIfCanceled)
    {
        Standardization? standardization = _options.Standardize ? Standardization.Of(rows) : null;
        standardization?.Apply(rows);
        ProbeObjective objective = new(rows, classCount, _options.L2Regularization, throwIfCanceled);
        LinearModel model = new(classCount, rows.FeatureCount, ProbeOptimizers.Minimize(objective, rows.Count, _options));
        return standardization?.Unapply(model) ?? model;
    }
}
