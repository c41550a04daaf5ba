namespace Karl.Export.Verification.Internals;

/// <summary>What recordings say about the logits of base codes, <c>[2D tokens, codes]</c>.</summary>
internal static class Logits
{
    /// <summary>Logarithm of the summed exponentials of each row.</summary>
    public static Numbers LogSumExp(Numbers logits) => Numbers.Row([.. Enumerable.Range(0, (int)logits.Shape[0]).Select(row => LogSumExp(logits.At(row)))]);

    /// <summary>
    /// By how much each row's largest logit is ahead of the recorded code's: 0 where the most probable code is the recorded one, and little where two
    /// were as good as equal. It decides nothing in the network, which takes the mean of all codes.
    /// </summary>
    public static Comparable CompareMostProbable(Measurement at)
    {
        var logits = at.Key.View.Of(at.Found) ?? at.Found;
        if (at.Recorded.Shape.Length != 1 || logits.Shape.Length != 2 || at.Recorded.Shape[0] != logits.Shape[0])
        {
            return new Comparable(at.Recorded, new Numbers([], [logits.Shape[0]]));
        }

        var leads = new double[at.Recorded.Values.Length];
        var others = 0;
        for (var row = 0; row < leads.Length; row++)
        {
            var values = logits.At(row);
            var code = (int)at.Recorded.Values[row];
            var largest = Largest(values);
            leads[row] = code >= 0 && code < values.Length ? largest - values[code] : double.PositiveInfinity;
            others += leads[row] == 0 ? 0 : 1;
        }

        return new Comparable(Numbers.Row(new double[leads.Length]), Numbers.Row(leads), others == 0 ? string.Empty : $"{others} of {leads.Length} most probable codes are others");
    }

    private static double LogSumExp(ReadOnlySpan<double> values)
    {
        var largest = Largest(values);
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += Math.Exp(value - largest);
        }

        return largest + Math.Log(sum);
    }

    private static double Largest(ReadOnlySpan<double> values)
    {
        var largest = double.NegativeInfinity;
        foreach (var value in values)
        {
            largest = Math.Max(largest, value);
        }

        return largest;
    }
}
