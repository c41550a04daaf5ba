using System.Globalization;
using Karl.Tokenizers.Tokenization;

namespace Microsoft.ML.Karl.Internals.Imaging;

/// <summary>From as many tokens as an image needs to as many features as a trainer wants: tokens, mean, deviation and products, those of them that a pooling has, in this order.</summary>
/// <param name="pooling">How.</param>
/// <param name="latentWidth">Numbers of a latent.</param>
/// <param name="budget">Most tokens of an image.</param>
internal sealed class FeaturePooling(KarlPooling pooling, int latentWidth, int budget)
{
    private readonly int _tokens = pooling is KarlPooling.PaddedTokens or KarlPooling.PaddedTokensAndProducts ? checked(budget * latentWidth) : 0;
    private readonly int _mean = pooling is KarlPooling.MaskedMean or KarlPooling.MaskedMeanAndDeviation or KarlPooling.MaskedMeanAndProducts ? latentWidth : 0;
    private readonly int _deviation = pooling is KarlPooling.MaskedMeanAndDeviation ? latentWidth : 0;
    private readonly int _products = pooling is KarlPooling.MaskedMeanAndProducts or KarlPooling.PaddedTokensAndProducts ? latentWidth * (latentWidth + 1) / 2 : 0;

    public int Size => checked(_tokens + _mean + _deviation + _products);

    /// <summary>What each feature is called.</summary>
    public string[] SlotNames() =>
    [
        .. Enumerable.Range(0, _tokens).Select(index => string.Create(CultureInfo.InvariantCulture, $"token.{index / latentWidth}.{index % latentWidth}")),
        .. Enumerable.Range(0, _mean).Select(number => string.Create(CultureInfo.InvariantCulture, $"mean.{number}")),
        .. Enumerable.Range(0, _deviation).Select(number => string.Create(CultureInfo.InvariantCulture, $"deviation.{number}")),
        .. Enumerable.Range(0, _products == 0 ? 0 : latentWidth).SelectMany(left => Enumerable.Range(left, latentWidth - left)
            .Select(right => string.Create(CultureInfo.InvariantCulture, $"product.{left}.{right}"))),
    ];

    /// <summary>Writes <see cref="Size"/> features; NaN where there is no image.</summary>
    public void Write(TokenSequence? tokens, Span<float> features)
    {
        features.Fill(tokens is null ? float.NaN : 0);
        if (tokens is null || tokens.Count == 0)
        {
            return;
        }

        ReadOnlySpan<float> latents = tokens.Latents.AsSpan();
        for (int row = 0; _tokens > 0 && row < tokens.Count; row++)
        {
            latents.Slice(row * latentWidth, latentWidth).CopyTo(features[(tokens.Positions[row] * latentWidth)..]);
        }

        features = features[_tokens..];
        for (int number = 0; number < _mean; number++)
        {
            double mean = Mean(latents, number);
            features[number] = (float)mean;
            if (_deviation > 0)
            {
                features[latentWidth + number] = (float)Deviation(latents, number, mean);
            }
        }

        WriteProducts(latents, features[(_mean + _deviation)..]);
    }

    private double Mean(ReadOnlySpan<float> latents, int number)
    {
        double sum = 0;
        for (int index = number; index < latents.Length; index += latentWidth)
        {
            sum += latents[index];
        }

        return sum * latentWidth / latents.Length;
    }

    private double Deviation(ReadOnlySpan<float> latents, int number, double mean)
    {
        double squares = 0;
        for (int index = number; index < latents.Length; index += latentWidth)
        {
            squares += (latents[index] - mean) * (latents[index] - mean);
        }

        return Math.Sqrt(squares * latentWidth / latents.Length);
    }

    /// <summary>Mean products of each two numbers of a latent, the first at most the second.</summary>
    private void WriteProducts(ReadOnlySpan<float> latents, Span<float> products)
    {
        int next = 0;
        for (int left = 0; next < _products; left++)
        {
            for (int right = left; right < latentWidth; right++)
            {
                double sum = 0;
                for (int start = 0; start < latents.Length; start += latentWidth)
                {
                    sum += (double)latents[start + left] * latents[start + right];
                }

                products[next++] = (float)(sum * latentWidth / latents.Length);
            }
        }
    }
}
