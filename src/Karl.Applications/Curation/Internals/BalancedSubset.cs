using Karl.Applications.Internals;

namespace Karl.Applications.Curation.Internals;

/// <summary>As many of each bucket as there are, or as are wanted of each.</summary>
internal static class BalancedSubset
{
    /// <summary>Chooses so that the smallest share of a bucket is as large as can be: each gets one more in turn until it is empty or all are chosen.</summary>
    /// <param name="candidates">What can be chosen, in an order that is always the same.</param>
    /// <param name="bucketOf">The bucket of each.</param>
    /// <param name="size">How many are wanted; all where there are fewer.</param>
    /// <param name="seed">Decides within a bucket, and which buckets get one more where that does not come out even.</param>
    public static IEnumerable<int> Choose(int[] candidates, Func<int, int> bucketOf, int size, int seed)
    {
        int[] shuffled = [.. candidates];
        SeededShuffle.Shuffle<int>(shuffled, seed);
        int[][] buckets = [.. shuffled.GroupBy(bucketOf).Select(group => group.ToArray())];
        int chosen = 0;
        for (int turn = 0; chosen < Math.Min(size, candidates.Length); turn++)
        {
            foreach (int[] bucket in buckets.Where(bucket => bucket.Length > turn))
            {
                if (chosen++ == size)
                {
                    yield break;
                }

                yield return bucket[turn];
            }
        }
    }
}
