using Karl.Tokenizers.Evaluation.Internals;

namespace Karl.Applications.Anomalies.Internals;

/// <summary>Where a value lies among those of normal images that were held out.</summary>
internal sealed class Calibration
{
    private const double MostExcess = 50;
    private readonly double _spread;
    private readonly bool _isTwoSided;

    /// <summary>Takes the held-out values; two-sided where small ones are as strange as large ones.</summary>
    public Calibration(IEnumerable<double> values, bool isTwoSided)
    {
        Values = [.. values.Order()];
        _isTwoSided = isTwoSided;
        double range = Statistics.Quantile(Values, 0.75) - Statistics.Quantile(Values, 0.25);
        _spread = range > 0 ? range : Math.Max(1e-6, Math.Abs(Values[^1]) / 10);
    }

    /// <summary>Held-out values, ascending.</summary>
    public double[] Values { get; }

    /// <summary>The share of normal images at least as far out; exact for images that are exchangeable with those held out (conformal prediction), hence never 0.</summary>
    public double PValue(double value)
    {
        int below = CountBelow(value, orEqual: false), notAbove = CountBelow(value, orEqual: true);
        double high = (1.0 + Values.Length - below) / (Values.Length + 1), low = (1.0 + notAbove) / (Values.Length + 1);
        return _isTwoSided ? Math.Min(1, 2 * Math.Min(high, low)) : high;
    }

    /// <summary>Minus its logarithm, and the distance from the outermost value beyond that, so that what is far out is told from what is just outside.</summary>
    public double Strangeness(double value)
    {
        double beyond = Math.Max(value - Values[^1], _isTwoSided ? Values[0] - value : 0);
        return -Math.Log(PValue(value)) + Math.Clamp(beyond / _spread, 0, MostExcess);
    }

    private int CountBelow(double value, bool orEqual)
    {
        int low = 0, high = Values.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            bool isBelow = orEqual ? Values[middle] <= value : Values[middle] < value;
            (low, high) = isBelow ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
