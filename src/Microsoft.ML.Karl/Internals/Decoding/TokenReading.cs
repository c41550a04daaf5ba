using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Tokenization;
using Microsoft.ML.Data;
using Microsoft.ML.Karl.Internals.Schemas;

namespace Microsoft.ML.Karl.Internals.Decoding;

/// <summary>Turns what columns hold into tokens of a model.</summary>
internal static class TokenReading
{
    /// <exception cref="ArgumentException">A column is not there, or holds no tokens of this model.</exception>
    public static void RequireColumns(IReadOnlyList<ColumnKind> columns, TokenStageSettings settings, BundleManifest manifest)
    {
        string wanted = manifest.CodebookSize is int size
            ? $"a vector of keys (the codes of a codebook of {size})"
            : $"a vector of Single (latents of {manifest.LatentWidth})";
        ColumnKind tokens = ColumnKind.Find(columns, settings.Tokens, wanted);
        bool fits = manifest.Quantized ? tokens.IsKey && tokens.Item == typeof(uint) : !tokens.IsKey && tokens.Item == typeof(float);
        if (!tokens.IsVector || !fits)
        {
            throw tokens.Unfit(wanted);
        }

        const string WantedPositions = "a vector of Int32 (positions)";
        ColumnKind positions = ColumnKind.Find(columns, settings.Positions, WantedPositions);
        if (!positions.IsVector || positions.IsKey || positions.Item != typeof(int))
        {
            throw positions.Unfit(WantedPositions);
        }
    }

    public static TokenItem FromCodes(in VBuffer<uint> keys, in VBuffer<int> positions, BundleManifest manifest)
    {
        // Key 0 is ML.NET's missing value; it becomes code -1, which is refused.
        int[] codes = [.. keys.DenseValues().Select(key => (int)key - 1)];
        int[] places = [.. positions.DenseValues()];
        return Guarded(() => TokenSequence.FromCodes(places, codes, manifest.CodebookSize!.Value, manifest.MaximumBudget, manifest.DefaultEpsilon));
    }

    public static TokenItem FromLatents(in VBuffer<float> latents, in VBuffer<int> positions, BundleManifest manifest)
    {
        float[] numbers = [.. latents.DenseValues()];
        int[] places = [.. positions.DenseValues()];
        return Guarded(() => TokenSequence.FromLatents(places, numbers, manifest.LatentWidth, manifest.MaximumBudget, manifest.DefaultEpsilon));
    }

    private static TokenItem Guarded(Func<TokenSequence> create)
    {
        try
        {
            return new TokenItem(create(), null);
        }
        catch (ArgumentException exception)
        {
            return new TokenItem(null, exception.Message);
        }
    }
}
