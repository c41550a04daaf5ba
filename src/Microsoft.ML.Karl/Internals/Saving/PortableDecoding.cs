using Karl.Tokenizers;
using Microsoft.ML.Karl.Internals.Decoding;
using Microsoft.ML.Karl.Internals.Imaging;
using Microsoft.ML.Karl.Internals.Models;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Karl.Internals.Saving;

/// <summary>A saved stage from tokens to images, working on one row at a time.</summary>
internal sealed class PortableDecoding
{
    private static readonly PortableModels<PortableDecoding> Models = new((text, bundle) => new PortableDecoding(SavedStage.Read(text), bundle));

    private readonly TokenStageSettings _settings;
    private readonly ImageTokenizer _tokenizer;

    private PortableDecoding(SavedStage saved, byte[] bundle)
    {
        using ModelContent content = ModelContent.FromBytes(bundle, saved.Name);
        _settings = saved.Read<TokenStageSettings>().Checked();
        _tokenizer = ImageTokenizer.Load(content.Bundle, new ImageTokenizerOptions { Parts = TokenizerParts.Decoder, BatchSize = 1 });
    }

    public static void Map(CodesRow row, PortableImage target)
    {
        PortableDecoding model = Models.Get(row.Payload);
        model.Map(TokenReading.FromCodes(row.Input, row.Positions, model._tokenizer.Manifest), target);
    }

    public static void Map(LatentsRow row, PortableImage target)
    {
        PortableDecoding model = Models.Get(row.Payload);
        model.Map(TokenReading.FromLatents(row.Input, row.Positions, model._tokenizer.Manifest), target);
    }

    private void Map(TokenItem item, PortableImage target) =>
        target.Image = ImagePixels.FromRgb(_tokenizer.Decode(item.Sequence ?? throw TokenStage.Unreadable(_settings, item.Error)));
}

/// <summary>How ML.NET finds the mapping of a saved stage with codes.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class CodesMapping : CustomMappingFactory<CodesRow, PortableImage>
{
    public const string Contract = "Karl.Codes";

    public override Action<CodesRow, PortableImage> GetMapping() => PortableDecoding.Map;
}

/// <summary>How ML.NET finds the mapping of a saved stage with latents.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class LatentsMapping : CustomMappingFactory<LatentsRow, PortableImage>
{
    public const string Contract = "Karl.Latents";

    public override Action<LatentsRow, PortableImage> GetMapping() => PortableDecoding.Map;
}
