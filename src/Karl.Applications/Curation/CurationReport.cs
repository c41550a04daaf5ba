using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Karl.Applications.Curation;

/// <summary>How the complexity of a set is spread, what is there more than once, and a subset without that.</summary>
public sealed class CurationReport
{
    internal CurationReport(string model, CurationOptions options, float epsilon, int budget, ImmutableArray<CuratedImage> images, ImmutableArray<CurationBucket> buckets, int broken)
    {
        (Model, Options, Epsilon, Budget, Images, Buckets, BrokenCount) = (model, options, epsilon, budget, images, buckets, broken);
        Groups = [.. images.Where(image => image.Group is not null).GroupBy(image => image.Group!.Value).OrderBy(group => group.Key).Select(group => group.ToImmutableArray())];
    }

    /// <summary>The model in one line.</summary>
    public string Model { get; }

    /// <summary>What was asked for.</summary>
    public CurationOptions Options { get; }

    /// <summary>The reconstruction error at which tokens were counted.</summary>
    public float Epsilon { get; }

    /// <summary>Most tokens of an image, and those that were compared.</summary>
    public int Budget { get; }

    /// <summary>Every image that could be read, by path.</summary>
    public ImmutableArray<CuratedImage> Images { get; }

    /// <summary>Ranges of token counts, from the simplest to the most complex.</summary>
    public ImmutableArray<CurationBucket> Buckets { get; }

    /// <summary>Groups of near duplicates, each by path.</summary>
    public ImmutableArray<ImmutableArray<CuratedImage>> Groups { get; }

    /// <summary>Images that could not be read and have no part in anything.</summary>
    public int BrokenCount { get; }

    /// <summary>The report as Markdown.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        string broken = BrokenCount > 0 ? $", {BrokenCount} more could not be read" : string.Empty;
        int distinct = Images.Count(image => image.IsKept), selected = Images.Count(image => image.IsSelected);
        text.Append(CultureInfo.InvariantCulture, $"{Model}; {Images.Length} images{broken}; {distinct} distinct, {Images.Length - distinct} near duplicates in {Groups.Length} groups; {selected} selected\n\n");
        text.Append("| tokens | images | distinct | selected |\n|---|--:|--:|--:|\n");
        foreach (CurationBucket bucket in Buckets)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {bucket.Least} to {bucket.Most} | {bucket.Images} | {bucket.Distinct} | {bucket.Selected} |\n");
        }

        return text.ToString();
    }
}
