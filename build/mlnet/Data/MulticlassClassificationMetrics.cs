namespace Microsoft.ML.Data;

/// <summary>How good predictions of classes are.</summary>
public sealed class MulticlassClassificationMetrics
{
    private const double LeastProbability = 1e-15;

    private MulticlassClassificationMetrics(double microAccuracy, double logLoss)
    {
        MicroAccuracy = microAccuracy;
        LogLoss = logLoss;
    }

    /// <summary>Mean negative logarithm of the right class's probability.</summary>
    public double LogLoss { get; }

    /// <summary>Fraction of rows whose most probable class is the right one.</summary>
    public double MicroAccuracy { get; }

    internal static MulticlassClassificationMetrics Of(IDataView data, string label, string score)
    {
        using DataViewRowCursor cursor = data.GetRowCursor([data.Schema[label], data.Schema[score]]);
        ValueGetter<uint> getKey = cursor.GetGetter<uint>(data.Schema[label]);
        ValueGetter<VBuffer<float>> getScores = cursor.GetGetter<VBuffer<float>>(data.Schema[score]);
        uint key = 0;
        VBuffer<float> scores = default;
        int count = 0, right = 0;
        double loss = 0;
        while (cursor.MoveNext())
        {
            getKey(ref key);
            getScores(ref scores);
            ReadOnlySpan<float> values = scores.GetValues();
            if (key != 0 && !values.Contains(float.NaN))
            {
                count++;
                right += IndexOfLargest(values) == key - 1 ? 1 : 0;
                loss -= Math.Log(Math.Max(values[(int)key - 1], LeastProbability));
            }
        }

        return new MulticlassClassificationMetrics((double)right / count, loss / count);
    }

    private static int IndexOfLargest(ReadOnlySpan<float> values)
    {
        int largest = 0;
        for (int index = 1; index < values.Length; index++)
        {
            largest = values[index] > values[largest] ? index : largest;
        }

        return largest;
    }
}
