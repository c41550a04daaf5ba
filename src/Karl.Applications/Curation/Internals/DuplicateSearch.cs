using Karl.Tokenizers.Families.Internals;

namespace Karl.Applications.Curation.Internals;

/// <summary>Finds near duplicates among very many images: only those are compared that share a row of tokens (locality-sensitive hashing by bands).</summary>
/// <remarks>
/// Bands of two tokens are hashed at 64 pairs of positions, random but the same for each budget: images that share a quarter of their tokens miss all of them with a chance of 2 %,
/// those that share a half practically never. In a band that very many images share (flat ones), each is compared with its next <see cref="MostNeighbours"/> alone, which bounds the work.
/// </remarks>
internal static class DuplicateSearch
{
    private const int Bands = 64;
    private const int MostNeighbours = 32;

    /// <summary>For each image the one that stands for it: itself, or the largest file of its group.</summary>
    /// <param name="images">By path.</param>
    /// <param name="options">When tokens are alike enough.</param>
    /// <param name="areClose">Whether the pixels of two are.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static int[] Find(IReadOnlyList<SeenImage> images, CurationOptions options, Func<int, int, bool> areClose, CancellationToken cancellationToken)
    {
        int[] parents = [.. Enumerable.Range(0, images.Count)];
        if (images.Count < 2 || images[0].Words.Length == 0)
        {
            return parents;
        }

        int length = images[0].Words.Length;
        SeededRandom random = new(length);
        HashSet<(int, int)> refused = [];
        long[] keys = new long[images.Count];
        int[] order = new int[images.Count];
        for (int band = 0; band < Bands; band++)
        {
            int one = (int)(random.NextUnit() * length), other = (one + 1 + (int)(random.NextUnit() * (length - 1))) % length;
            for (int index = 0; index < order.Length; index++)
            {
                (keys[index], order[index]) = (((long)images[index].Words[one] << 32) | (uint)images[index].Words[other], index);
            }

            Array.Sort(order, (first, second) => keys[first] != keys[second] ? keys[first].CompareTo(keys[second]) : first.CompareTo(second));
            for (int at = 0; at < order.Length; at++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (int next = at + 1; next < order.Length && next <= at + MostNeighbours && keys[order[next]] == keys[order[at]]; next++)
                {
                    Compare(order[at], order[next]);
                }
            }
        }

        return Standing(images, parents);

        void Compare(int first, int second)
        {
            int root = Root(parents, first), otherRoot = Root(parents, second);
            if (root != otherRoot
                && TokenWords.Shared(images[first].Words, images[second].Words) >= options.SharedTokens
                && BlockMeans.LeastDifference(images[first].Means, images[second].Means) <= options.PixelDifference
                && !refused.Contains((first, second)))
            {
                if (areClose(first, second))
                {
                    parents[Math.Max(root, otherRoot)] = Math.Min(root, otherRoot);
                }
                else
                {
                    refused.Add((first, second));
                }
            }
        }
    }

    private static int[] Standing(IReadOnlyList<SeenImage> images, int[] parents)
    {
        int[] best = [.. Enumerable.Range(0, parents.Length)];
        for (int index = 0; index < best.Length; index++)
        {
            int root = Root(parents, index);
            best[root] = images[index].FileBytes > images[best[root]].FileBytes ? index : best[root];
        }

        return [.. parents.Select((_, index) => best[Root(parents, index)])];
    }

    private static int Root(int[] parents, int index)
    {
        while (parents[index] != index)
        {
            parents[index] = parents[parents[index]];
            index = parents[index];
        }

        return index;
    }
}
