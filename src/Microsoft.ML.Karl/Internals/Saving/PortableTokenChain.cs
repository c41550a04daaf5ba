using Karl.Tokenizers.Bundles;
using Microsoft.ML.Data;
using Microsoft.ML.Karl.Internals.Decoding;
using Microsoft.ML.Karl.Internals.Models;
using Microsoft.ML.Karl.Internals.Schemas;

namespace Microsoft.ML.Karl.Internals.Saving;

/// <summary>A stage from tokens to images as a chain that can be saved.</summary>
internal static class PortableTokenChain
{
    public static ITransformer Create(TokenStageSettings settings, ModelContent content)
    {
        BundleManifest manifest = content.Bundle.Manifest;
        PrimitiveDataViewType item = manifest.CodebookSize is int size ? new KeyDataViewType(typeof(uint), size) : NumberDataViewType.Single;
        DataViewSchema.Builder input = new();
        input.AddColumn(settings.Tokens, new VectorDataViewType(item));
        input.AddColumn(settings.Positions, new VectorDataViewType(NumberDataViewType.Int32));
        return PortableChain.WithPayload(SavedStage.Write(StageKind.Reconstruct, content.Name, settings), content.ReadAll())
            .Helper(PortableChain.Transforms.CopyColumns(PayloadRow.InputColumn, settings.Tokens), PayloadRow.InputColumn)
            .Helper(PortableChain.Transforms.CopyColumns(TokenRow.PositionsColumn, settings.Positions), TokenRow.PositionsColumn)
            .Helper(
                manifest.Quantized
                    ? PortableChain.Transforms.CustomMapping<CodesRow, PortableImage>(PortableDecoding.Map, CodesMapping.Contract)
                    : PortableChain.Transforms.CustomMapping<LatentsRow, PortableImage>(PortableDecoding.Map, LatentsMapping.Contract),
                PortableImage.Column)
            // Of that size already: this only says so in the schema.
            .Helper(PortableChain.Transforms.ResizeImages(settings.Output, manifest.ImageSize, manifest.ImageSize, PortableImage.Column))
            .Build(new EmptyView(input.ToSchema()));
    }
}
