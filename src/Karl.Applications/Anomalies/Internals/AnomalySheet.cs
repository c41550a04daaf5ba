using System.Collections.Immutable;
using System.Globalization;
using Karl.Applications.Explanation;
using Karl.Applications.Explanation.Internals;
using Karl.Applications.Sheets;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Anomalies.Internals;

/// <summary>The strangest images beside what comes back of them, where that is wrong, and where their tokens go.</summary>
internal static class AnomalySheet
{
    private const int Columns = 3;

    /// <summary>Null where none of the images is there any more.</summary>
    public static RgbImage? Draw(AnomalyReport report, ImageTokenizer tokenizer, int most, bool tokenMaps, Action? progress, CancellationToken cancellationToken)
    {
        List<ContactSheetEntry> entries = [];
        using TokenExplainer explainer = new(tokenizer);
        TokenizeOptions options = TokenizeOptions.Exactly(report.Profile.Budget);
        foreach (ScoredImage image in report.Images.Take(most))
        {
            if (tokenizer.ReadOriginal(image.Path, cancellationToken).Image is RgbImage original)
            {
                TokenExplanation? explanation = tokenMaps ? explainer.Explain(original, options, cancellationToken: cancellationToken) : null;
                RgbImage back = explanation?.Reconstruction ?? tokenizer.Decode(tokenizer.Encode(original, options, cancellationToken), cancellationToken);
                RgbImage[] images = [original, back, Difference(original, back), .. explanation is null ? Array.Empty<RgbImage>() : [Map(explanation)]];
                entries.Add(new ContactSheetEntry(images, Caption(image), Strangest(report.Profile, image), Path.GetFileName(image.Path)));
            }

            progress?.Invoke();
        }

        string shown = tokenMaps ? "the error between, and where the tokens go (dark: to most)" : "and the error between";
        string title = $"The strangest of {report.Images.Length} images, as they are, from {report.Profile.Budget} tokens, {shown}: {report.Model}";
        return entries.Count == 0 ? null : ContactSheet.Draw(entries, title, Columns, smallestSide: 96);
    }

    /// <summary>How many tokens serve each place, over the image; the place with most is dark red.</summary>
    private static RgbImage Map(TokenExplanation explanation)
    {
        RgbImage map = new(explanation.Original.Width, explanation.Original.Height);
        ImmutableArray<double> counts = explanation.TokensByPlace(TokenMeasure.Change);
        HeatPainter.Draw(map, explanation.Original, counts, counts.Max(), 0, 0, map.Width);
        return map;
    }

    private static string Caption(ScoredImage image)
    {
        string label = image.Label is null ? string.Empty : $", {image.Label}";
        return string.Create(CultureInfo.InvariantCulture, $"score {image.Score.Score:0.0}, p {image.Score.PValue:0.000}{label}");
    }

    private static string Strangest(AnomalyProfile profile, ScoredImage image)
    {
        (int signal, AnomalySignal value) = image.Score.Signals.Index().MaxBy(pair => pair.Item.Strangeness);
        return string.Create(CultureInfo.InvariantCulture, $"most by {profile.Signals[signal]}: {value.Value:0.###}");
    }

    /// <summary>Mean absolute difference of the channels, twice as bright, white on black.</summary>
    private static RgbImage Difference(RgbImage first, RgbImage second)
    {
        RgbImage result = new(first.Width, first.Height);
        ReadOnlySpan<byte> one = first.Pixels.Span, other = second.Pixels.Span;
        for (int index = 0; index < one.Length; index += RgbImage.Channels)
        {
            int sum = Math.Abs(one[index] - other[index]) + Math.Abs(one[index + 1] - other[index + 1]) + Math.Abs(one[index + 2] - other[index + 2]);
            result.Pixels.Span.Slice(index, RgbImage.Channels).Fill((byte)Math.Min(255, 2 * sum / RgbImage.Channels));
        }

        return result;
    }
}
