namespace Microsoft.ML.Karl.Internals.Probe;

/// <summary>Mean cross-entropy plus half the squared weights, and its gradient.</summary>
/// <remarks>Rows are dealt out to a fixed number of parts, so that the sums, and with them the weights, are the same on every machine.</remarks>
internal sealed class ProbeObjective(TrainingRows rows, int classCount, float regularization, Action throwIfCancelled)
{
    private const int Parts = 16;

    public int RowLength => rows.FeatureCount + 1;

    public int WeightCount => classCount * RowLength;

    /// <summary>Value and gradient over some rows.</summary>
    /// <param name="weights"><c>[classes, features + 1]</c>.</param>
    /// <param name="chosen">Indices of the rows.</param>
    /// <param name="gradient">As many as weights; overwritten.</param>
    public double Evaluate(float[] weights, ReadOnlyMemory<int> chosen, float[] gradient)
    {
        throwIfCancelled();
        int parts = Math.Min(Parts, Math.Max(1, chosen.Length / 32));
        float[][] gradients = [.. Enumerable.Range(0, parts).Select(_ => new float[WeightCount])];
        double[] losses = new double[parts];
        Parallel.For(0, parts, part =>
        {
            int start = (int)((long)chosen.Length * part / parts), end = (int)((long)chosen.Length * (part + 1) / parts);
            losses[part] = Add(weights, chosen.Span[start..end], gradients[part]);
        });

        Array.Clear(gradient);
        foreach (float[] part in gradients)
        {
            Vectors.AddScaled(gradient, part, 1f / chosen.Length);
        }

        return (losses.Sum() / chosen.Length) + AddRegularization(weights, gradient);
    }

    private double Add(float[] weights, ReadOnlySpan<int> chosen, float[] gradient)
    {
        double loss = 0;
        Span<float> probabilities = new float[classCount];
        foreach (int index in chosen)
        {
            ReadOnlySpan<float> features = rows.Row(index);
            for (int which = 0; which < classCount; which++)
            {
                ReadOnlySpan<float> row = weights.AsSpan(which * RowLength, RowLength);
                probabilities[which] = Vectors.Dot(features, row[..^1]) + row[^1];
            }

            int label = rows.Labels[index];
            float logit = probabilities[label];
            loss += LinearModel.Softmax(probabilities) - logit;
            probabilities[label] -= 1;
            for (int which = 0; which < classCount; which++)
            {
                Span<float> row = gradient.AsSpan(which * RowLength, RowLength);
                Vectors.AddScaled(row[..^1], features, probabilities[which]);
                row[^1] += probabilities[which];
            }
        }

        return loss;
    }

    /// <summary>Biases are free.</summary>
    private double AddRegularization(float[] weights, float[] gradient)
    {
        double sum = 0;
        for (int which = 0; which < classCount; which++)
        {
            ReadOnlySpan<float> row = weights.AsSpan(which * RowLength, rows.FeatureCount);
            Vectors.AddScaled(gradient.AsSpan(which * RowLength, rows.FeatureCount), row, regularization);
            sum += Vectors.Dot(row, row);
        }

        return regularization * sum / 2;
    }
}
