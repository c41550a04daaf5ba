using Microsoft.ML.Data;
using Microsoft.ML.Karl.Internals.Anomalies;
using Microsoft.ML.Karl.Internals.Imaging;
using Microsoft.ML.Karl.Internals.Models;
using Microsoft.ML.Karl.Internals.Schemas;

namespace Microsoft.ML.Karl.Internals.Saving;

/// <summary>A stage from images to anomalies as a chain that can be saved.</summary>
internal static class PortableAnomalyChain
{
    public static ITransformer Create(AnomalyStageSettings settings, ModelContent content)
    {
        ImageStageSettings images = settings.Images;
        PortableChain chain = PortableChain.WithPayload(SavedStage.Write(StageKind.Anomaly, content.Name, settings), content.ReadAll());
        return chain
            .Helper(PortableChain.Transforms.CopyColumns(PayloadRow.InputColumn, images.Input), PayloadRow.InputColumn)
            .Helper(Mapping(images.Source), [.. SchemaDefinition.Create(typeof(PortableAnomaly)).Select(column => column.ColumnName)])
            .Copy(settings.Score, PortableAnomaly.ScoreColumn)
            .Copy(settings.PValue, PortableAnomaly.PValueColumn)
            .Copy(settings.IsAnomalous, PortableAnomaly.IsAnomalousColumn)
            .Copy(images.Error, PortableAnomaly.ErrorColumn)
            .Build(EmptyView.Of(images.Input, images.Source == ImageSource.Image ? ImageRow.InputType : ImageSources.TypeOf(images.Source)));
    }

    private static IEstimator<ITransformer> Mapping(ImageSource source) => source switch
    {
        ImageSource.Image => PortableChain.Transforms.CustomMapping<ImageRow, PortableAnomaly>(PortableAnomalies.Map, AnomalyImageMapping.Contract),
        ImageSource.Path => PortableChain.Transforms.CustomMapping<PathRow, PortableAnomaly>(PortableAnomalies.Map, AnomalyPathMapping.Contract),
        ImageSource.Encoded => PortableChain.Transforms.CustomMapping<EncodedRow, PortableAnomaly>(PortableAnomalies.Map, AnomalyEncodedMapping.Contract),
        _ => PortableChain.Transforms.CustomMapping<PixelsRow, PortableAnomaly>(PortableAnomalies.Map, AnomalyPixelsMapping.Contract),
    };
}
