using Karl.Applications.Anomalies;
using Microsoft.ML.Karl.Internals.Imaging;
using Microsoft.ML.Karl.Internals.Models;
using Microsoft.ML.Karl.Internals.Views;

namespace Microsoft.ML.Karl.Internals.Anomalies;

/// <summary>From a column of images to columns of how strange they are.</summary>
internal sealed class AnomalyStage(AnomalyStageSettings settings, AnomalyProfile profile, ModelShare model, ContextLink context) : Stage<ImageItem, ImageAnomaly>
{
    private readonly ImageStage _images = new(settings.Images, model, context);
    private readonly StageColumn<ImageAnomaly>[] _columns = AnomalyColumns.Create(settings);

    public override IReadOnlyList<StageColumn<ImageAnomaly>> Columns => _columns;

    public override int BatchSize => settings.Images.BatchSize;

    public override DataViewSchema.Column[] InputsOf(DataViewSchema schema) => _images.InputsOf(schema);

    public override Func<ImageItem> CreateReader(DataViewRow row, bool background) => _images.CreateReader(row, background);

    public override Action WatchCancellation() => context.Watch();

    public override void Run(ReadOnlySpan<ImageItem> items, Span<ImageAnomaly> results, Func<int, bool> isActive)
    {
        bool scoresAsked = _columns.Index().Any(column => column.Item.Detached.Name != settings.Images.Error && isActive(column.Index));
        PreparedPixels[] pixels = new PreparedPixels[items.Length];
        for (int index = 0; index < items.Length; index++)
        {
            pixels[index] = items[index].Pixels;
        }

        PreparedPixels[] sound = Array.FindAll(pixels, image => image.HasImage);
        AnomalyScore[] scores = scoresAsked && sound.Length > 0 ? Score(sound) : [];
        int next = 0;
        for (int index = 0; index < pixels.Length; index++)
        {
            results[index] = pixels[index] switch
            {
                { HasImage: true } => new ImageAnomaly(scoresAsked ? scores[next++] : null, null),
                { Error: string error } => new ImageAnomaly(null, error),
                _ => ImageAnomaly.Missing,
            };
        }
    }

    private AnomalyScore[] Score(PreparedPixels[] images)
    {
        float[] together = NormalRows.Together(images, model.Manifest.ImageSize);
        AnomalyScore[] scores = [];
        context.Run(token => scores = model.Use(tokenizer => profile.Score(tokenizer, together, token)));
        return scores;
    }
}
