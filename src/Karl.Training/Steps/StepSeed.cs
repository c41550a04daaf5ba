namespace Karl.Training.Steps;

/// <summary>Seeds that depend on a run's seed, a purpose and a number alone, and share nothing else: neighbouring steps must not draw alike.</summary>
internal static class StepSeed
{
    /// <summary>A seed for <see cref="Random"/>, mixed as SplitMix64 does.</summary>
    public static int Of(int seed, string purpose, long number)
    {
        var state = Mixed(unchecked((ulong)seed));
        foreach (var letter in purpose) state = Mixed(state ^ letter);
        return unchecked((int)(Mixed(state ^ (ulong)number) >> 33));
    }

    private static ulong Mixed(ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15ul;
            state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9ul;
            state = (state ^ (state >> 27)) * 0x94D049BB133111EBul;
            return state ^ (state >> 31);
        }
    }
}
