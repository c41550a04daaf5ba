using System.Collections.Immutable;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Budgets;

/// <summary>Measures error by tokens: each image is tokenized at a ladder of lengths, decoded, and compared with what the model saw.</summary>
public static class CurveMeasurement
{
    private const int Rungs = 16;

    /// <summary>The usual ladder: sixteenths of the model's largest budget, as far as the model can give them.</summary>
    public static IReadOnlyList<int> UsualLadder(ImageTokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        IReadOnlyList<int> lengths = tokenizer.Lengths;
        return [.. Enumerable.Range(1, Rungs).Select(rung => Math.Max(1, lengths.Count * rung / Rungs)).Distinct().Select(number => lengths[number - 1])];
    }

    /// <summary>Measures one image.</summary>
    /// <param name="tokenizer">The model, with both halves.</param>
    /// <param name="name">What the curve is called.</param>
    /// <param name="image">The image as the model sees it, of its size.</param>
    /// <param name="ladder">Numbers of tokens, ascending.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <exception cref="ArgumentException">A length cannot be, or they do not ascend; or the image is of another size.</exception>
    public static MeasuredImage Measure(ImageTokenizer tokenizer, string name, RgbImage image, IReadOnlyList<int> ladder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(ladder);
        ArgumentNullException.ThrowIfNull(image);
        if (image.Width != tokenizer.ImageSize || image.Height != tokenizer.ImageSize)
        {
            throw new ArgumentException($"'{name}' is {image}; {tokenizer.ImageSize} x {tokenizer.ImageSize}, as the model sees it, was expected.", nameof(image));
        }

        int values = image.Pixels.Length;
        float[] pixels = new float[values], back = new float[ladder.Count * values];
        PlanarPixels.FromImage(image, pixels);
        TokenSequence[] sequences = tokenizer.EncodeLengths(pixels, ladder, cancellationToken);
        tokenizer.Decode(sequences, back, cancellationToken);
        ErrorCurve curve = new(
            name, [.. sequences.Select((tokens, index) => new CurvePoint(tokens.Count, ImageMetrics.MeanAbsoluteError(pixels, back.AsSpan(index * values, values))))]);
        return new MeasuredImage(curve, [.. sequences]);
    }
}

/// <summary>An image that was measured.</summary>
/// <param name="Curve">Its error by tokens.</param>
/// <param name="Tokens">Its tokens for each point of the curve.</param>
public sealed record MeasuredImage(ErrorCurve Curve, ImmutableArray<TokenSequence> Tokens)
{
    /// <summary>Its tokens at the length that a plan gives it.</summary>
    public TokenSequence At(PlannedImage planned)
    {
        ArgumentNullException.ThrowIfNull(planned);
        return Tokens.First(tokens => tokens.Count == planned.Tokens);
    }
}
