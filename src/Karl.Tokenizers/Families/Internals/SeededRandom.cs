namespace Karl.Tokenizers.Families.Internals;

/// <summary>Random numbers that depend on a seed alone, the same on every machine: SplitMix64.</summary>
internal struct SeededRandom(int seed)
{
    private ulong _state = unchecked((ulong)seed * 0x9E3779B97F4A7C15ul);

    /// <summary>A number from 0 to below 1 with 53 random bits.</summary>
    public double NextUnit()
    {
        _state = unchecked(_state + 0x9E3779B97F4A7C15ul);
        ulong bits = _state;
        bits = unchecked((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9ul);
        bits = unchecked((bits ^ (bits >> 27)) * 0x94D049BB133111EBul);
        return ((bits ^ (bits >> 31)) >> 11) * (1.0 / (1ul << 53));
    }
}
