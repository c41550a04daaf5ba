using System.Globalization;
using Karl.Tokenizers.Tokenization;

namespace Microsoft.ML.Karl.Internals.Imaging;

/// <summary>From as many tokens as an image needs to as many features as a trainer wants.</summary>
/// <param name="pooling">How.</param>
/// <param name="latentWidth">Numbers of a latent.</param>
/// <param name="budget">Most tokens of an image.</param>
internal sealed class FeaturePooling(KarlPooling pooling, int latentWidth, int budget)
{
    public int Size => pooling switch
    {
        KarlPooling.MaskedMean => latentWidth,
        KarlPooling.MaskedMeanAndDeviation => 2 * latentWidth,
        _ => checked(budget * latentWidth),
    };

    /// <summary>What each feature is called.</summary>
    public string[] SlotNames() => pooling switch
    {
        KarlPooling.MaskedMean => [.. Names("mean")],
        KarlPooling.MaskedMeanAndDeviation => [.. Names("mean"), .. Names("deviation")],
        _ => [.. Enumerable.Range(0, budget).SelectMany(position => Names(string.Create(CultureInfo.InvariantCulture, $"token.{position}")))],
    };

    /// <summary>Writes <see cref="Size"/> features; NaN where there is no image.</summary>
    public void Write(TokenSequence? tokens, Span<float> features)
    {
        features.Fill(tokens is null ? float.NaN : 0);
        if (tokens is null || tokens.Count == 0)
        {
            return;
        }

        ReadOnlySpan<float> latents = tokens.Latents.AsSpan();
        if (pooling == KarlPooling.PaddedTokens)
        {
            for (int row = 0; row < tokens.Count; row++)
            {
                latents.Slice(row * latentWidth, latentWidth).CopyTo(features[(tokens.Positions[row] * latentWidth)..]);
            }

            return;
        }

        for (int number = 0; number < latentWidth; number++)
        {
            double sum = 0, squares = 0;
            for (int index = number; index < latents.Length; index += latentWidth)
            {
                sum += latents[index];
            }

            double mean = sum / tokens.Count;
            features[number] = (float)mean;
            if (pooling == KarlPooling.MaskedMeanAndDeviation)
            {
                for (int index = number; index < latents.Length; index += latentWidth)
                {
                    squares += (latents[index] - mean) * (latents[index] - mean);
                }

                features[latentWidth + number] = (float)Math.Sqrt(squares / tokens.Count);
            }
        }
    }

    private IEnumerable<string> Names(string kind) =>
        Enumerable.Range(0, latentWidth).Select(number => string.Create(CultureInfo.InvariantCulture, $"{kind}.{number}"));
}
