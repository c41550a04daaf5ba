using Microsoft.ML.Data;
using Microsoft.ML.Karl.Internals.Schemas;
using Microsoft.ML.Karl.Internals.Views;

namespace Microsoft.ML.Karl.Internals.Probe;

/// <summary>Names of a probe's columns.</summary>
internal sealed record ProbeColumns(string Label, string Features)
{
    public const string PredictedLabel = "PredictedLabel";
    public const string Score = "Score";
}

/// <summary>A row's features.</summary>
internal sealed record FeatureItem(float[] Values) : IDisposable
{
    public void Dispose()
    {
    }
}

/// <summary>From features to the probabilities of classes.</summary>
internal sealed class ProbeStage(LinearModel model, ProbeLabels labels, ProbeColumns names) : Stage<FeatureItem, float[]>
{
    public override IReadOnlyList<StageColumn<float[]>> Columns { get; } = CreateColumns(labels);

    public override int BatchSize => 16;

    public static StageColumn<float[]>[] CreateColumns(ProbeLabels labels) =>
    [
        new StageColumn<float[], uint>(
            ProbeColumns.PredictedLabel,
            new KeyDataViewType(typeof(uint), labels.Count),
            (float[] probabilities, ref uint key) => key = (uint)(LinearModel.Best(probabilities) + 1),
            labels.Annotations()),
        new StageColumn<float[], VBuffer<float>>(
            ProbeColumns.Score,
            new VectorDataViewType(NumberDataViewType.Single, labels.Count),
            (float[] probabilities, ref VBuffer<float> score) => Buffers.Set(ref score, probabilities),
            ColumnAnnotations.SlotNames(labels.Count, () => labels.Names)),
    ];

    public override DataViewSchema.Column[] InputsOf(DataViewSchema schema)
    {
        ColumnKind features = ProbeInputs.RequireFeatures(ColumnKind.AllOf(schema), names.Features);
        return features.Size == model.FeatureCount ? [schema[names.Features]] : throw features.Unfit($"a vector of {model.FeatureCount} Single, as many as the probe was trained with,");
    }

    public override Func<FeatureItem> CreateReader(DataViewRow row, bool background)
    {
        ValueGetter<VBuffer<float>> getFeatures = row.GetGetter<VBuffer<float>>(row.Schema[names.Features]);
        VBuffer<float> features = default;
        return () =>
        {
            getFeatures(ref features);
            float[] values = new float[model.FeatureCount];
            features.CopyTo(values);
            return new FeatureItem(values);
        };
    }

    public override void Run(ReadOnlySpan<FeatureItem> items, Span<float[]> results, Func<int, bool> isActive)
    {
        for (int index = 0; index < items.Length; index++)
        {
            results[index] = new float[model.ClassCount];
            model.Score(items[index].Values, results[index]);
        }
    }

    /// <summary>Nothing throws: a row takes microseconds, and whoever drives the rows looks for itself.</summary>
    public override Action WatchCancellation() => () => { };
}
