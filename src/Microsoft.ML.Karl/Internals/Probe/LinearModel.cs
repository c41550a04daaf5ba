namespace Microsoft.ML.Karl.Internals.Probe;

/// <summary>One linear layer and a softmax.</summary>
/// <param name="ClassCount">Classes.</param>
/// <param name="FeatureCount">Features.</param>
/// <param name="Weights"><c>[classes, features + 1]</c>, the bias last in each row.</param>
internal sealed record LinearModel(int ClassCount, int FeatureCount, float[] Weights)
{
    public int RowLength => FeatureCount + 1;

    /// <summary>Probabilities of the classes; NaN where a feature is.</summary>
    public void Score(ReadOnlySpan<float> features, Span<float> probabilities)
    {
        for (int index = 0; index < ClassCount; index++)
        {
            ReadOnlySpan<float> row = Weights.AsSpan(index * RowLength, RowLength);
            probabilities[index] = Vectors.Dot(features, row[..FeatureCount]) + row[FeatureCount];
        }

        Softmax(probabilities);
    }

    /// <summary>Index of the most probable class; -1 where there is none for want of a feature.</summary>
    public static int Best(ReadOnlySpan<float> probabilities)
    {
        int best = 0;
        for (int index = 0; index < probabilities.Length; index++)
        {
            if (float.IsNaN(probabilities[index]))
            {
                return -1;
            }

            best = probabilities[index] > probabilities[best] ? index : best;
        }

        return best;
    }

    /// <summary>Logits into probabilities; gives the logarithm of their sum.</summary>
    public static float Softmax(Span<float> logits)
    {
        float largest = float.NegativeInfinity;
        foreach (float logit in logits)
        {
            largest = Math.Max(largest, logit);
        }

        float sum = 0;
        foreach (ref float logit in logits)
        {
            logit = MathF.Exp(logit - largest);
            sum += logit;
        }

        foreach (ref float logit in logits)
        {
            logit /= sum;
        }

        return largest + MathF.Log(sum);
    }
}
