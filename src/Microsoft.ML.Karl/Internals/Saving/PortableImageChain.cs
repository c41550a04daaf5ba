using Karl.Tokenizers.Bundles;
using Microsoft.ML.Data;
using Microsoft.ML.Karl.Internals.Imaging;
using Microsoft.ML.Karl.Internals.Models;
using Microsoft.ML.Karl.Internals.Schemas;

namespace Microsoft.ML.Karl.Internals.Saving;

/// <summary>A stage from images to tokens as a chain that can be saved.</summary>
internal static class PortableImageChain
{
    public static ITransformer Create(StageKind kind, ImageStageSettings settings, ModelContent content)
    {
        BundleManifest manifest = content.Bundle.Manifest;
        PortableChain chain = PortableChain.WithPayload(SavedStage.Write(kind, content.Name, settings), content.ReadAll());
        chain.Helper(PortableChain.Transforms.CopyColumns(PayloadRow.InputColumn, settings.Input), PayloadRow.InputColumn);
        chain.Helper(Mapping(settings.Source), [.. Helpers()]);
        int features = new FeaturePooling(settings.Pooling, manifest.LatentWidth, settings.Budget).Size;
        return chain
            .Join(settings.Features, PortableTokens.FeaturesColumn, features)
            .Copy(settings.Latents, PortableTokens.LatentsColumn)
            .Keys(settings.Codes, PortableTokens.CodesColumn, manifest.CodebookSize ?? 1)
            .Copy(settings.Positions, PortableTokens.PositionsColumn)
            .Copy(settings.Count, PortableTokens.CountColumn)
            .Copy(settings.Bits, PortableTokens.BitsColumn)
            .Copy(settings.Normalized, PortableTokens.NormalizedColumn)
            .Join(settings.Halting, PortableTokens.HaltingColumn, settings.Budget)
            .Copy(settings.Error, PortableTokens.ErrorColumn)
            .Build(EmptyView.Of(settings.Input, settings.Source == ImageSource.Image ? ImageRow.InputType : ImageSources.TypeOf(settings.Source)));
    }

    private static IEstimator<ITransformer> Mapping(ImageSource source) => source switch
    {
        ImageSource.Image => PortableChain.Transforms.CustomMapping<ImageRow, PortableTokens>(PortableImages.Map, ImageMapping.Contract),
        ImageSource.Path => PortableChain.Transforms.CustomMapping<PathRow, PortableTokens>(PortableImages.Map, PathMapping.Contract),
        ImageSource.Encoded => PortableChain.Transforms.CustomMapping<EncodedRow, PortableTokens>(PortableImages.Map, EncodedMapping.Contract),
        _ => PortableChain.Transforms.CustomMapping<PixelsRow, PortableTokens>(PortableImages.Map, PixelsMapping.Contract),
    };

    private static IEnumerable<string> Helpers() => SchemaDefinition.Create(typeof(PortableTokens)).Select(column => column.ColumnName);
}
