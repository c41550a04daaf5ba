namespace Karl.Tokenizers.Families.Internals;

/// <summary>Normally distributed noise that depends on a seed alone: the same on every machine and for every image.</summary>
internal static class PosteriorNoise
{
    /// <summary>Fills with mean 0 and deviation 1, by SplitMix64 and Box and Muller's transform.</summary>
    public static void Fill(Span<float> noise, int seed)
    {
        ulong state = unchecked((ulong)seed * 0x9E3779B97F4A7C15ul);
        for (int index = 0; index < noise.Length; index += 2)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - NextUnit(ref state)));
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * NextUnit(ref state));
            noise[index] = (float)(radius * cosine);
            if (index + 1 < noise.Length)
            {
                noise[index + 1] = (float)(radius * sine);
            }
        }
    }

    /// <summary>A number from 0 to below 1 with 53 random bits.</summary>
    private static double NextUnit(ref ulong state)
    {
        state = unchecked(state + 0x9E3779B97F4A7C15ul);
        ulong bits = state;
        bits = unchecked((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9ul);
        bits = unchecked((bits ^ (bits >> 27)) * 0x94D049BB133111EBul);
        return ((bits ^ (bits >> 31)) >> 11) * (1.0 / (1ul << 53));
    }
}
