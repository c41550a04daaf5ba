using Karl.Applications.Anomalies;
using Karl.Tokenizers;
using Microsoft.ML.Karl.Internals.Anomalies;
using Microsoft.ML.Karl.Internals.Imaging;
using Microsoft.ML.Karl.Internals.Models;

namespace Microsoft.ML.Karl.Internals.Saving;

/// <summary>A saved stage from images to anomalies, working on one row at a time.</summary>
internal sealed class PortableAnomalies
{
    private static readonly PortableModels<PortableAnomalies> Models = new((text, bundle) => new PortableAnomalies(SavedStage.Read(text), bundle));

    private readonly AnomalyStageSettings _settings;
    private readonly ImageReading _reading;
    private readonly ImageTokenizer _tokenizer;
    private readonly AnomalyProfile _profile;

    private PortableAnomalies(SavedStage saved, byte[] bundle)
    {
        using ModelContent content = ModelContent.FromBytes(bundle, saved.Name);
        _settings = saved.Read<AnomalyStageSettings>().Checked(content.Bundle.Manifest);
        _profile = AnomalyProfile.Parse(_settings.Profile, "of the saved pipeline");
        _tokenizer = ImageTokenizer.Load(content.Bundle, new ImageTokenizerOptions { BatchSize = 1 });
        _reading = new ImageReading(_tokenizer.ImageSize, _settings.Images.ImageFolder, _settings.Images.PixelScale);
    }

    public static void Map(ImageInputRow row, PortableAnomaly target)
    {
        PortableAnomalies model = Models.Get(row.Payload);
        model.Map(row.Read(model._reading), target);
    }

    private void Map(ImageItem item, PortableAnomaly target)
    {
        using (item)
        {
            PreparedPixels pixels = item.Pixels;
            if (pixels.Error is not null && _settings.Images.UnreadableImages == KarlUnreadableImages.Throw)
            {
                throw GuardedColumn.Unreadable(_settings.Images.Input, pixels.Error);
            }

            AnomalyScore? score = pixels.HasImage ? _profile.Score(_tokenizer, pixels.Values.AsMemory(0, _reading.ValueCount))[0] : null;
            target.Score = (float)(score?.Score ?? double.NaN);
            target.PValue = (float)(score?.PValue ?? double.NaN);
            target.IsAnomalous = score?.IsAnomalous ?? false;
            target.Error = pixels.Error.AsMemory();
        }
    }
}
