using Karl.Tokenizers.Families.Internals;

namespace Karl.Applications.Internals;

/// <summary>An order that depends on a seed alone, the same on every machine.</summary>
internal static class SeededShuffle
{
    /// <summary>Shuffles in place (Fisher and Yates).</summary>
    public static void Shuffle<T>(Span<T> items, int seed)
    {
        SeededRandom random = new(seed);
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = (int)(random.NextUnit() * (last + 1));
            (items[last], items[other]) = (items[other], items[last]);
        }
    }
}
