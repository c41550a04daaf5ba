using System.Globalization;
using Karl.Applications.Sheets;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Anomalies.Internals;

/// <summary>The strangest images beside what comes back of them, and where that is wrong.</summary>
internal static class AnomalySheet
{
    private const int Columns = 4;

    /// <summary>Null where none of the images is there any more.</summary>
    public static RgbImage? Draw(AnomalyReport report, ImageTokenizer tokenizer, int most, CancellationToken cancellationToken)
    {
        List<ContactSheetEntry> entries = [];
        foreach (ScoredImage image in report.Images.Take(most))
        {
            if (tokenizer.ReadOriginal(image.Path, cancellationToken).Image is RgbImage original)
            {
                RgbImage back = tokenizer.Decode(tokenizer.Encode(original, TokenizeOptions.Exactly(report.Profile.Budget), cancellationToken), cancellationToken);
                entries.Add(new ContactSheetEntry([original, back, Difference(original, back)], Caption(image), Strangest(report.Profile, image), Path.GetFileName(image.Path)));
            }
        }

        string title = $"The strangest of {report.Images.Length} images, as they are, from {report.Profile.Budget} tokens, and the error between: {report.Model}";
        return entries.Count == 0 ? null : ContactSheet.Draw(entries, title, Columns, smallestSide: 96);
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
