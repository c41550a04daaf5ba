namespace Karl.Tokenizers.Families.Internals;

/// <summary>Which tokens are kept: those whose halting probability is not strictly above the threshold, compared in float32.</summary>
internal static class HaltingPolicy
{
    /// <summary>Positions of the kept tokens, ascending.</summary>
    public static int[] Keep(ReadOnlySpan<float> haltingProbabilities, float threshold)
    {
        int count = 0;
        foreach (float probability in haltingProbabilities)
        {
            count += probability > threshold ? 0 : 1;
        }

        int[] positions = count == 0 ? [] : new int[count];
        for (int position = 0, kept = 0; kept < count; position++)
        {
            if (!(haltingProbabilities[position] > threshold))
            {
                positions[kept++] = position;
            }
        }

        return positions;
    }
}
