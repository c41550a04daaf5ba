using Microsoft.ML.Data;
using Microsoft.ML.Karl.Internals.Probe;
using Microsoft.ML.Karl.Internals.Schemas;

namespace Microsoft.ML.Karl.Internals.Saving;

/// <summary>A linear probe as a chain that can be saved: the mapping gives a class's index, and two lookups the label's own key for it.</summary>
internal static class PortableProbeChain
{
    private const string ValueColumn = "Karl.ClassValue";

    public static ITransformer Create(LinearModel model, ProbeLabels labels, ProbeColumns columns)
    {
        IDataView classes = labels.View();
        string settings = SavedStage.Write(StageKind.LinearProbe, "probe", new ProbeSettings(model.ClassCount, model.FeatureCount));
        return PortableChain.WithPayload(settings, PortableProbe.Bytes(model))
            .Helper(PortableChain.Transforms.CopyColumns(PayloadRow.InputColumn, columns.Features), PayloadRow.InputColumn)
            .Helper(
                PortableChain.Transforms.CustomMapping<PixelsRow, PortableScore>(PortableProbe.Map, ProbeMapping.Contract),
                [.. SchemaDefinition.Create(typeof(PortableScore)).Select(column => column.ColumnName)])
            .Helper(PortableChain.Transforms.Conversion.MapValue(ValueColumn, classes, classes.Schema["Key"], classes.Schema["Value"], PortableScore.IndexColumn), ValueColumn)
            .Helper(PortableChain.Transforms.Conversion.MapValueToKey(ProbeColumns.PredictedLabel, ValueColumn, keyData: PortableChain.Transforms.SelectColumns("Value").Fit(classes).Transform(classes)))
            .Join(ProbeColumns.Score, PortableScore.ScoreColumn, model.ClassCount)
            .Build(EmptyView.Of(columns.Features, new VectorDataViewType(NumberDataViewType.Single, model.FeatureCount)));
    }
}
