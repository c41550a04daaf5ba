namespace Karl.Training.Data.Internals;

/// <summary>SplitMix64, begun anew for each sample, so that a sample depends on its number alone. The numbers are the same on every machine and .NET.</summary>
internal struct SampleRandom
{
    private ulong _state;

    /// <summary>Begins at a place that seed, epoch and position choose.</summary>
    public SampleRandom(ulong seed, long epoch, long position) =>
        _state = Mix(Mix(Mix(seed + Increment) ^ (ulong)epoch) ^ (ulong)position);

    private const ulong Increment = 0x9E3779B97F4A7C15;

    /// <summary>0 to below 1, in steps of 2^-53.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>0 to below <paramref name="count"/>; each equally often but for 1 in 2^32.</summary>
    public int Below(int count) => (int)(((Next() >> 32) * (ulong)count) >> 32);

    private ulong Next() => Mix(_state += Increment);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
