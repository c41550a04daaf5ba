using System.Buffers;
using Karl.Tokenizers.Tokenization;
using Microsoft.ML.Data;
using Microsoft.ML.Karl.Internals.Models;
using Microsoft.ML.Karl.Internals.Schemas;
using Microsoft.ML.Karl.Internals.Views;

namespace Microsoft.ML.Karl.Internals.Imaging;

/// <summary>From a column of images to columns of what their tokens say.</summary>
internal sealed class ImageStage : Stage<ImageItem, ImageTokens>
{
    private readonly ImageStageSettings _settings;
    private readonly ModelShare _model;
    private readonly ContextLink _context;
    private readonly ImageReading _reading;
    private readonly StageColumn<ImageTokens>[] _columns;

    public ImageStage(ImageStageSettings settings, ModelShare model, ContextLink context)
    {
        _settings = settings;
        _model = model;
        _context = context;
        _reading = new ImageReading(model.Manifest.ImageSize, settings.ImageFolder, settings.PixelScale);
        _columns = TokenColumns.Create(settings, model.Manifest);
        if (settings.UnreadableImages == KarlUnreadableImages.Throw)
        {
            _columns = Array.ConvertAll(_columns, column => column.Detached.Name == settings.Error ? column : new GuardedColumn(column, settings.Input));
        }
    }

    public override IReadOnlyList<StageColumn<ImageTokens>> Columns => _columns;

    public override int BatchSize => _settings.BatchSize;

    public int ImageSize => _model.Manifest.ImageSize;

    public override DataViewSchema.Column[] InputsOf(DataViewSchema schema)
    {
        ImageSource found = ImageSources.Find(ColumnKind.AllOf(schema), _settings.Input, ImageSize);
        return found == _settings.Source
            ? [schema[_settings.Input]]
            : throw new ArgumentException($"Column '{_settings.Input}' is {ColumnKind.Of(schema[_settings.Input])}; the pipeline was fitted with {ImageSources.TypeOf(_settings.Source)}. Fit it with such data as it is to see.");
    }

    public override Func<ImageItem> CreateReader(DataViewRow row, bool background)
    {
        DataViewSchema.Column column = row.Schema[_settings.Input];
        switch (_settings.Source)
        {
            case ImageSource.Image:
                ValueGetter<MLImage> getImage = row.GetGetter<MLImage>(column);
                MLImage? image = null;
                return () =>
                {
                    getImage(ref image!);
                    return _reading.FromImage(image, background);
                };
            case ImageSource.Path:
                ValueGetter<ReadOnlyMemory<char>> getPath = row.GetGetter<ReadOnlyMemory<char>>(column);
                ReadOnlyMemory<char> path = default;
                return () =>
                {
                    getPath(ref path);
                    return _reading.FromPath(path, background);
                };
            case ImageSource.Encoded:
                ValueGetter<VBuffer<byte>> getEncoded = row.GetGetter<VBuffer<byte>>(column);
                VBuffer<byte> encoded = default;
                return () =>
                {
                    getEncoded(ref encoded);
                    return _reading.FromEncoded(encoded, background);
                };
            default:
                ValueGetter<VBuffer<float>> getPixels = row.GetGetter<VBuffer<float>>(column);
                VBuffer<float> pixels = default;
                return () =>
                {
                    getPixels(ref pixels);
                    return _reading.FromPixels(pixels);
                };
        }
    }

    public override Action WatchCancellation() => _context.Watch();

    public override void Run(ReadOnlySpan<ImageItem> items, Span<ImageTokens> results, Func<int, bool> isActive)
    {
        PreparedPixels[] pixels = new PreparedPixels[items.Length];
        for (int index = 0; index < items.Length; index++)
        {
            pixels[index] = items[index].Pixels;
        }

        PreparedPixels[] sound = Array.FindAll(pixels, image => image.HasImage);
        bool tokensAsked = IsAnyActive(isActive, name => name != _settings.Error);
        TokenSequence[] tokens = tokensAsked && sound.Length > 0 ? Encode(sound, IsAnyActive(isActive, name => name == _settings.Features || name == _settings.Latents)) : [];
        int next = 0;
        for (int index = 0; index < pixels.Length; index++)
        {
            results[index] = pixels[index] switch
            {
                { HasImage: true } => new ImageTokens(tokensAsked ? tokens[next++] : null, null),
                { Error: string error } => new ImageTokens(null, error),
                _ => ImageTokens.Missing,
            };
        }
    }

    private bool IsAnyActive(Func<int, bool> isActive, Func<string, bool> isMeant)
    {
        for (int index = 0; index < _columns.Length; index++)
        {
            if (isActive(index) && isMeant(_columns[index].Detached.Name))
            {
                return true;
            }
        }

        return false;
    }

    private TokenSequence[] Encode(PreparedPixels[] images, bool includeLatents)
    {
        int count = _reading.ValueCount;
        float[] together = images.Length == 1 ? images[0].Values : ArrayPool<float>.Shared.Rent(images.Length * count);
        try
        {
            for (int index = 0; images.Length > 1 && index < images.Length; index++)
            {
                images[index].Values.AsSpan(0, count).CopyTo(together.AsSpan(index * count));
            }

            TokenSequence[] tokens = [];
            TokenizeOptions options = _settings.ToTokenizeOptions(includeLatents);
            _context.Run(token => tokens = _model.Use(tokenizer => tokenizer.Encode(together.AsMemory(0, images.Length * count), options, token)));
            return tokens;
        }
        finally
        {
            if (images.Length > 1)
            {
                ArrayPool<float>.Shared.Return(together);
            }
        }
    }
}
