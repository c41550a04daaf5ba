using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Tokenization;
using Microsoft.ML.Data;
using Microsoft.ML.Karl.Internals.Imaging;
using Microsoft.ML.Karl.Internals.Models;
using Microsoft.ML.Karl.Internals.Schemas;
using Microsoft.ML.Karl.Internals.Views;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Karl.Internals.Decoding;

/// <summary>A decoded image, or why there is none.</summary>
internal sealed record DecodedImage(RgbImage? Image, string? Error);

/// <summary>From columns of tokens to a column of images.</summary>
internal sealed class TokenStage(TokenStageSettings settings, ModelShare model, ContextLink context) : Stage<TokenItem, DecodedImage>
{
    public override IReadOnlyList<StageColumn<DecodedImage>> Columns { get; } = [Column(settings, model.Manifest.ImageSize)];

    public override int BatchSize => settings.BatchSize;

    public static StageColumn<DecodedImage> Column(TokenStageSettings settings, int imageSize) => new StageColumn<DecodedImage, MLImage>(
        settings.Output,
        new ImageDataViewType(imageSize, imageSize),
        (DecodedImage decoded, ref MLImage image) =>
        {
            // By ML.NET's custom the image that was read last from this column is given back to be disposed.
            image?.Dispose();
            image = ImagePixels.FromRgb(decoded.Image ?? throw Unreadable(settings, decoded.Error));
        });

    public static InvalidOperationException Unreadable(TokenStageSettings settings, string? error) =>
        new($"Columns '{settings.Tokens}' and '{settings.Positions}': {error}");

    public override DataViewSchema.Column[] InputsOf(DataViewSchema schema)
    {
        TokenReading.RequireColumns(ColumnKind.AllOf(schema), settings, model.Manifest);
        return [schema[settings.Tokens], schema[settings.Positions]];
    }

    public override Func<TokenItem> CreateReader(DataViewRow row, bool background)
    {
        ValueGetter<VBuffer<int>> getPositions = row.GetGetter<VBuffer<int>>(row.Schema[settings.Positions]);
        VBuffer<int> positions = default;
        if (model.Manifest.Quantized)
        {
            ValueGetter<VBuffer<uint>> getKeys = row.GetGetter<VBuffer<uint>>(row.Schema[settings.Tokens]);
            VBuffer<uint> keys = default;
            return () =>
            {
                getPositions(ref positions);
                getKeys(ref keys);
                return TokenReading.FromCodes(keys, positions, model.Manifest);
            };
        }

        ValueGetter<VBuffer<float>> getLatents = row.GetGetter<VBuffer<float>>(row.Schema[settings.Tokens]);
        VBuffer<float> latents = default;
        return () =>
        {
            getPositions(ref positions);
            getLatents(ref latents);
            return TokenReading.FromLatents(latents, positions, model.Manifest);
        };
    }

    public override void Run(ReadOnlySpan<TokenItem> items, Span<DecodedImage> results, Func<int, bool> isActive)
    {
        List<TokenSequence> sound = [];
        foreach (TokenItem item in items)
        {
            if (item.Sequence is TokenSequence sequence)
            {
                sound.Add(sequence);
            }
        }

        RgbImage[] images = [];
        context.Run(token => images = model.Use(tokenizer => tokenizer.Decode(sound, token)));
        int next = 0;
        for (int index = 0; index < items.Length; index++)
        {
            results[index] = items[index].Sequence is null ? new DecodedImage(null, items[index].Error) : new DecodedImage(images[next++], null);
        }
    }

    public override Action WatchCancellation() => context.Watch();
}
