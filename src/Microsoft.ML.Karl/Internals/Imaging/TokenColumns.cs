using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Tokenization;
using Microsoft.ML.Data;
using Microsoft.ML.Karl.Internals.Schemas;
using Microsoft.ML.Karl.Internals.Views;

namespace Microsoft.ML.Karl.Internals.Imaging;

/// <summary>The columns that a stage from images to tokens adds.</summary>
internal static class TokenColumns
{
    /// <summary>Those that are named, in the order of <see cref="ImageStageSettings.Outputs"/>.</summary>
    public static StageColumn<ImageTokens>[] Create(ImageStageSettings settings, BundleManifest manifest)
    {
        List<StageColumn<ImageTokens>> columns = [];
        Add(settings.Features, name => Features(name, new FeaturePooling(settings.Pooling, manifest.LatentWidth, settings.Budget)));
        Add(settings.Latents, Latents);
        Add(settings.Codes, name => Codes(name, manifest.CodebookSize!.Value));
        Add(settings.Positions, Positions);
        Add(settings.Count, name => Number(name, tokens => tokens.Count));
        Add(settings.Bits, name => Number(name, tokens => (float)tokens.Bits));
        Add(settings.Normalized, name => Number(name, tokens => (float)tokens.Count / tokens.Budget));
        Add(settings.Halting, name => Halting(name, settings.Budget));
        Add(settings.Error, Error);
        return [.. columns];

        void Add(string? name, Func<string, StageColumn<ImageTokens>> create)
        {
            if (name is not null)
            {
                columns.Add(create(name));
            }
        }
    }

    private static StageColumn<ImageTokens, VBuffer<float>> Features(string name, FeaturePooling pooling) => new(
        name,
        new VectorDataViewType(NumberDataViewType.Single, pooling.Size),
        (ImageTokens tokens, ref VBuffer<float> value) => pooling.Write(tokens.Sequence, Buffers.Resize(ref value, pooling.Size)),
        ColumnAnnotations.SlotNames(pooling.Size, pooling.SlotNames));

    private static StageColumn<ImageTokens, VBuffer<float>> Latents(string name) => new(
        name,
        new VectorDataViewType(NumberDataViewType.Single),
        (ImageTokens tokens, ref VBuffer<float> value) => Buffers.Set(ref value, tokens.Sequence is TokenSequence sequence ? sequence.Latents.AsSpan() : []));

    private static StageColumn<ImageTokens, VBuffer<uint>> Codes(string name, int codebookSize) => new(
        name,
        new VectorDataViewType(new KeyDataViewType(typeof(uint), codebookSize)),
        (ImageTokens tokens, ref VBuffer<uint> value) =>
        {
            ReadOnlySpan<int> codes = tokens.Sequence is TokenSequence sequence ? sequence.Codes.AsSpan() : [];
            Span<uint> keys = Buffers.Resize(ref value, codes.Length);
            for (int index = 0; index < keys.Length; index++)
            {
                keys[index] = (uint)codes[index] + 1;
            }
        },
        ColumnAnnotations.KeyValues(NumberDataViewType.Int32, codebookSize, () => Enumerable.Range(0, codebookSize).ToArray()));

    private static StageColumn<ImageTokens, VBuffer<int>> Positions(string name) => new(
        name,
        new VectorDataViewType(NumberDataViewType.Int32),
        (ImageTokens tokens, ref VBuffer<int> value) => Buffers.Set(ref value, tokens.Sequence is TokenSequence sequence ? sequence.Positions.AsSpan() : []));

    private static StageColumn<ImageTokens, float> Number(string name, Func<TokenSequence, float> number) => new(
        name, NumberDataViewType.Single, (ImageTokens tokens, ref float value) => value = tokens.Sequence is TokenSequence sequence ? number(sequence) : float.NaN);

    private static StageColumn<ImageTokens, VBuffer<float>> Halting(string name, int budget) => new(
        name,
        new VectorDataViewType(NumberDataViewType.Single, budget),
        (ImageTokens tokens, ref VBuffer<float> value) =>
        {
            Span<float> probabilities = Buffers.Resize(ref value, budget);
            if (tokens.Sequence is TokenSequence sequence)
            {
                sequence.HaltingProbabilities.CopyTo(probabilities);
            }
            else
            {
                probabilities.Fill(float.NaN);
            }
        });

    private static StageColumn<ImageTokens, ReadOnlyMemory<char>> Error(string name) => new(
        name, TextDataViewType.Instance, (ImageTokens tokens, ref ReadOnlyMemory<char> value) => value = tokens.Error.AsMemory());
}
