namespace Microsoft.ML.Karl.Internals.Probe;

/// <summary>Mean and deviation of each feature over the training rows.</summary>
internal sealed class Standardization
{
    private readonly float[] _means;
    private readonly float[] _scales;

    private Standardization(float[] means, float[] scales)
    {
        _means = means;
        _scales = scales;
    }

    public static Standardization Of(TrainingRows rows)
    {
        double[] sums = new double[rows.FeatureCount], squares = new double[rows.FeatureCount];
        for (int index = 0; index < rows.Count; index++)
        {
            ReadOnlySpan<float> row = rows.Row(index);
            for (int feature = 0; feature < row.Length; feature++)
            {
                sums[feature] += row[feature];
            }
        }

        float[] means = Array.ConvertAll(sums, sum => (float)(sum / rows.Count));
        for (int index = 0; index < rows.Count; index++)
        {
            ReadOnlySpan<float> row = rows.Row(index);
            for (int feature = 0; feature < row.Length; feature++)
            {
                double difference = row[feature] - means[feature];
                squares[feature] += difference * difference;
            }
        }

        // A feature that does not change says nothing, whatever its value in other data.
        return new Standardization(means, Array.ConvertAll(squares, sum => Math.Sqrt(sum / rows.Count) is var deviation && deviation > 1e-8 ? (float)(1 / deviation) : 0));
    }

    /// <summary>Brings all rows to mean 0 and deviation 1.</summary>
    public void Apply(TrainingRows rows)
    {
        for (int index = 0; index < rows.Count; index++)
        {
            Span<float> row = rows.Row(index);
            for (int feature = 0; feature < row.Length; feature++)
            {
                row[feature] = (row[feature] - _means[feature]) * _scales[feature];
            }
        }
    }

    /// <summary>The model that gives for features as they are what another gives for standardized ones.</summary>
    public LinearModel Unapply(LinearModel model)
    {
        float[] weights = [.. model.Weights];
        for (int index = 0; index < model.ClassCount; index++)
        {
            Span<float> row = weights.AsSpan(index * model.RowLength, model.RowLength);
            double bias = row[^1];
            for (int feature = 0; feature < model.FeatureCount; feature++)
            {
                row[feature] *= _scales[feature];
                bias -= (double)row[feature] * _means[feature];
            }

            row[^1] = (float)bias;
        }

        return model with { Weights = weights };
    }
}
