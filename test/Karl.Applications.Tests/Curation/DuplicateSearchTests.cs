using System.Diagnostics;
using Karl.Applications.Curation;
using Karl.Applications.Curation.Internals;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;

namespace Karl.Applications.Tests.Curation;

[TestClass]
public sealed class DuplicateSearchTests
{
    private const int Length = 64, Codes = 1024;

    [TestMethod]
    public void Find_PairsThatShareAThirdOfTheirTokens_AreAlmostAllFound()
    {
        Random random = new(1);
        List<SeenImage> images = [];
        for (int pair = 0; pair < 500; pair++)
        {
            int[] words = Words(random), other = [.. words.Select((word, index) => index % 3 == pair % 3 ? word : random.Next(Codes))];
            images.Add(Image(2 * pair, words));
            images.Add(Image((2 * pair) + 1, other));
        }

        int[] standing = DuplicateSearch.Find(images, new CurationOptions(), (first, second) => first / 2 == second / 2, CancellationToken.None);
        int found = Enumerable.Range(0, 500).Count(pair => standing[2 * pair] == standing[(2 * pair) + 1]);
        Assert.IsGreaterThanOrEqualTo(490, found);
        Assert.AreEqual(1000 - found, standing.Distinct().Count());
    }

    [TestMethod]
    public void Find_TokensAlikeButNotPixels_AreNoDuplicates()
    {
        Random random = new(2);
        int[] words = Words(random);
        SeenImage[] images = [Image(0, words), Image(1, words), Image(2, words, brightness: 200)];
        int asked = 0;
        CollectionAssert.AreEqual(new[] { 0, 1, 2 }, DuplicateSearch.Find(images, new CurationOptions(), (_, _) => ++asked < 0, CancellationToken.None));
        Assert.AreEqual(1, asked);
        CollectionAssert.AreEqual(new[] { 1, 1, 2 }, DuplicateSearch.Find(images, new CurationOptions(), (_, _) => true, CancellationToken.None));
    }

    [TestMethod]
    public void Find_VeryManyImages_DoesNotCompareAllWithAll()
    {
        // Half of them are all alike, as flat images are, which is the worst case for hashing.
        Random random = new(3);
        int[] flat = Words(random);
        SeenImage[] images = [.. Enumerable.Range(0, 20_000).Select(index => Image(index, index % 2 == 0 ? flat : Words(random), brightness: (byte)(index / 2 % 250)))];
        long start = Stopwatch.GetTimestamp();
        int asked = 0;
        int[] standing = DuplicateSearch.Find(images, new CurationOptions(), (_, _) => ++asked > 0, CancellationToken.None);
        Assert.IsLessThan(60.0, Stopwatch.GetElapsedTime(start).TotalSeconds);
        Assert.IsLessThan(images.Length, asked);
        Assert.IsTrue(Enumerable.Range(0, images.Length).Where(index => index % 2 == 1).All(index => standing[index] == index));
    }

    [TestMethod]
    public void Find_Cancelled_Stops()
    {
        SeenImage[] images = [Image(0, [1, 2]), Image(1, [1, 2])];
        Assert.ThrowsExactly<OperationCanceledException>(() => DuplicateSearch.Find(images, new CurationOptions(), (_, _) => true, new CancellationToken(canceled: true)));
    }

    [TestMethod]
    public void LeastDifference_OfAnyImages_IsNeverAboveTheDifference()
    {
        Random random = new(4);
        foreach (int size in new[] { 8, 30, 64 })
        {
            RgbImage first = new(size, size), second = new(size, size);
            random.NextBytes(first.Pixels.Span);
            second.Pixels.Span.Fill(100);
            double difference = ImageMetrics.MeanAbsoluteError(first, second);
            Assert.IsLessThanOrEqualTo(difference, BlockMeans.LeastDifference(BlockMeans.Of(first), BlockMeans.Of(second)));
            first.Pixels.Span.Fill(200);
            Assert.AreEqual(99 / 255.0, BlockMeans.LeastDifference(BlockMeans.Of(first), BlockMeans.Of(second)), 1e-9);
        }
    }

    [TestMethod]
    public void Choose_UnevenBuckets_TakesOfEachInTurn()
    {
        int[] buckets = [.. Enumerable.Repeat(0, 2).Concat(Enumerable.Repeat(1, 10)).Concat(Enumerable.Repeat(2, 100))];
        int[] chosen = [.. BalancedSubset.Choose([.. Enumerable.Range(0, buckets.Length)], index => buckets[index], 16, seed: 1)];
        CollectionAssert.AreEqual(new[] { 2, 7, 7 }, Enumerable.Range(0, 3).Select(bucket => chosen.Count(index => buckets[index] == bucket)).ToArray());
        CollectionAssert.AllItemsAreUnique(chosen);
        Assert.HasCount(112, BalancedSubset.Choose([.. Enumerable.Range(0, buckets.Length)], index => buckets[index], 500, seed: 1).ToArray());
    }

    private static SeenImage Image(int index, int[] words, byte brightness = 0) => new($"{index:00000}", 1, 10, index, words, [brightness, brightness, brightness]);

    private static int[] Words(Random random) => [.. Enumerable.Range(0, Length).Select(_ => random.Next(Codes))];
}
