namespace Karl.Tokenizers.Metrics.Internals;

/// <summary>Sums of absolute and squared differences: exact for bytes, in float64 for floats.</summary>
internal static class PixelDifferences
{
    public static (long Absolute, long Squared) Sum(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        second = second[..first.Length];
        long absolute = 0, squared = 0;
        for (int index = 0; index < first.Length; index++)
        {
            int difference = first[index] - second[index];
            absolute += Math.Abs(difference);
            squared += difference * difference;
        }

        return (absolute, squared);
    }

    public static (double Absolute, double Squared) Sum(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        second = second[..first.Length];
        double absolute = 0, squared = 0;
        for (int index = 0; index < first.Length; index++)
        {
            double difference = (double)first[index] - second[index];
            absolute += Math.Abs(difference);
            squared += difference * difference;
        }

        return (absolute, squared);
    }
}
