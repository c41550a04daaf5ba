using Karl.Tokenizers;
using Karl.Tokenizers.Tokenization;
using Microsoft.ML.Karl.Internals.Imaging;
using Microsoft.ML.Karl.Internals.Models;

namespace Microsoft.ML.Karl.Internals.Saving;

/// <summary>A saved stage from images to tokens, working on one row at a time.</summary>
internal sealed class PortableImages
{
    private static readonly PortableModels<PortableImages> Models = new((text, bundle) => new PortableImages(SavedStage.Read(text), bundle));

    private readonly ImageStageSettings _settings;
    private readonly ImageReading _reading;
    private readonly ImageTokenizer _tokenizer;
    private readonly TokenizeOptions _options;
    private readonly FeaturePooling _pooling;

    private PortableImages(SavedStage saved, byte[] bundle)
    {
        using ModelContent content = ModelContent.FromBytes(bundle, saved.Name);
        _settings = saved.Read<ImageStageSettings>().Checked(content.Bundle.Manifest);
        _tokenizer = ImageTokenizer.Load(content.Bundle, new ImageTokenizerOptions { Parts = TokenizerParts.Encoder, BatchSize = 1 });
        _reading = new ImageReading(_tokenizer.ImageSize, _settings.ImageFolder, _settings.PixelScale);
        _options = _settings.ToTokenizeOptions(_settings.Features is not null || _settings.Latents is not null);
        _pooling = new FeaturePooling(_settings.Pooling, _tokenizer.Manifest.LatentWidth, _settings.Budget);
    }

    public static void Map(ImageInputRow row, PortableTokens target)
    {
        PortableImages model = Models.Get(row.Payload);
        model.Map(row.Read(model._reading), target);
    }

    private void Map(ImageItem item, PortableTokens target)
    {
        using (item)
        {
            PreparedPixels pixels = item.Pixels;
            if (pixels.Error is not null && _settings.UnreadableImages == KarlUnreadableImages.Throw)
            {
                throw GuardedColumn.Unreadable(_settings.Input, pixels.Error);
            }

            TokenSequence? tokens = pixels.HasImage ? _tokenizer.Encode(pixels.Values.AsMemory(0, _reading.ValueCount), _options)[0] : null;
            target.Latents = tokens is null ? [] : [.. tokens.Latents];
            target.Codes = tokens is null ? [] : [.. tokens.Codes];
            target.Positions = tokens is null ? [] : [.. tokens.Positions];
            target.Count = tokens?.Count ?? float.NaN;
            target.Bits = (float)(tokens?.Bits ?? double.NaN);
            target.Normalized = tokens is null ? float.NaN : (float)tokens.Count / tokens.Budget;
            target.Error = pixels.Error.AsMemory();
            CutFeatures(tokens, target);
            CutHalting(tokens, target);
        }
    }

    private void CutFeatures(TokenSequence? tokens, PortableTokens target)
    {
        if (_settings.Features is not null)
        {
            float[] features = new float[_pooling.Size];
            _pooling.Write(tokens, features);
            SizedPieces.Cut(features, target.Features);
        }
    }

    private void CutHalting(TokenSequence? tokens, PortableTokens target)
    {
        if (_settings.Halting is not null)
        {
            float[] halting = new float[_settings.Budget];
            halting.AsSpan().Fill(float.NaN);
            tokens?.HaltingProbabilities.CopyTo(halting);
            SizedPieces.Cut(halting, target.Halting);
        }
    }
}
