using System.Collections.Immutable;
using Karl.Applications.Curation.Internals;
using Karl.Applications.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Curation;

/// <summary>Looks through a set of images by their tokens: how complex they are, which are there more than once, and which make a balanced subset. Files are only read.</summary>
/// <remarks>
/// What is kept of an image are 4 bytes for each token of the budget, 192 of its colours, and its path. Duplicates are found by hashing rows of tokens, not by comparing all with all, so that time grows
/// a little faster than the number of images. The same files, options and model give the same report, in whatever order the files are named.
/// </remarks>
public static class DatasetCurator
{
    /// <summary>Looks through image files.</summary>
    /// <param name="tokenizer">A model with its encoder.</param>
    /// <param name="paths">Image files; enumerated as they are needed.</param>
    /// <param name="options">How; null is the defaults.</param>
    /// <param name="name">What the report calls the model; null is a description of it.</param>
    /// <param name="progress">Hears of each image, those that cannot be read as well.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <exception cref="ArgumentException">The options cannot be; all problems are listed.</exception>
    public static CurationReport Curate(
        ImageTokenizer tokenizer, IEnumerable<string> paths, CurationOptions? options = null, string? name = null, Action<ImageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(paths);
        options ??= new CurationOptions();
        (float epsilon, int budget) = options.Resolve(tokenizer.Manifest);
        List<SeenImage> images = [];
        int broken = 0;
        foreach (ImageBatch batch in ImageBatch.Read(tokenizer, paths, Unreadable, cancellationToken))
        {
            TokenSequence[] needed = batch.Encode(new TokenizeOptions { Epsilon = epsilon, Budget = budget }), whole = batch.Encode(TokenizeOptions.Exactly(budget));
            for (int index = 0; index < needed.Length; index++)
            {
                images.Add(new SeenImage(batch.Paths[index], needed[index].Count, needed[index].Bits, new FileInfo(batch.Paths[index]).Length, TokenWords.Of(whole[index]), BlockMeans.Of(batch.Images[index])));
                progress?.Invoke(new ImageProgress(batch.Paths[index], null));
            }
        }

        images.Sort((one, other) => string.CompareOrdinal(one.Path, other.Path));
        int[] standingFor = DuplicateSearch.Find(images, options, new PixelComparison(tokenizer, images, options.PixelDifference, cancellationToken).AreClose, cancellationToken);
        return Report(images, standingFor, options, epsilon, budget, name ?? tokenizer.ToString(), broken);

        void Unreadable(ImageProgress image)
        {
            broken++;
            progress?.Invoke(image);
        }
    }

    private static CurationReport Report(List<SeenImage> images, int[] standingFor, CurationOptions options, float epsilon, int budget, string name, int broken)
    {
        int least = images.Select(image => image.Tokens).DefaultIfEmpty(0).Min(), most = images.Select(image => image.Tokens).DefaultIfEmpty(0).Max();
        int width = (most - least + options.Buckets) / options.Buckets, count = images.Count == 0 ? 0 : ((most - least) / width) + 1;
        int[] buckets = [.. images.Select(image => (image.Tokens - least) / width)];
        Dictionary<int, int> groups = standingFor.GroupBy(index => index).Where(group => group.Count() > 1).Select(group => group.Key).Order().Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        int[] kept = [.. Enumerable.Range(0, images.Count).Where(index => standingFor[index] == index)];
        HashSet<int> selected = [.. options.Size is int size ? BalancedSubset.Choose(kept, index => buckets[index], size, options.Seed) : kept];
        ImmutableArray<CuratedImage> found = [.. images.Select((image, index) => new CuratedImage(
            image.Path, image.Tokens, image.Bits, image.FileBytes, buckets[index], groups.TryGetValue(standingFor[index], out int group) ? group : null, standingFor[index] == index, selected.Contains(index)))];
        ImmutableArray<CurationBucket> ranges = [.. Enumerable.Range(0, count).Select(bucket =>
        {
            CuratedImage[] inside = [.. found.Where(image => image.Bucket == bucket)];
            return new CurationBucket(
                least + (bucket * width), Math.Min(most, least + ((bucket + 1) * width) - 1), inside.Length, inside.Count(image => image.IsKept), inside.Count(image => image.IsSelected));
        })];
        return new CurationReport(name, options, epsilon, budget, found, ranges, broken);
    }
}
