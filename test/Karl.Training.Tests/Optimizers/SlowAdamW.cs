using Karl.Training.Optimizers;

namespace Karl.Training.Tests.Optimizers;

/// <summary>The optimizer number by number in float64, as arXiv 1711.05101 and PyTorch have it.</summary>
internal sealed class SlowAdamW(IReadOnlyDictionary<string, double[]> weights, AdamWOptions options)
{
    private int _step;

    public Dictionary<string, double[]> Weights { get; } = Copy(weights);

    public Dictionary<string, double[]> Averages { get; } = Copy(weights);

    public Dictionary<string, double[]> First { get; } = weights.ToDictionary(weight => weight.Key, weight => new double[weight.Value.Length]);

    public Dictionary<string, double[]> Second { get; } = weights.ToDictionary(weight => weight.Key, weight => new double[weight.Value.Length]);

    /// <summary>One step; returns the norm of the gradients as they came.</summary>
    public double Step(IReadOnlyDictionary<string, double[]> gradients, double learningRate, Func<string, bool> decays)
    {
        _step++;
        var norm = Math.Sqrt(gradients.Values.Sum(gradient => gradient.Sum(number => number * number)));
        var clipping = options.LargestGradientNorm is { } largest ? Math.Min(1, largest / (norm + 1e-6)) : 1;
        foreach (var (name, weight) in Weights)
        {
            for (var index = 0; index < weight.Length; index++)
            {
                var gradient = gradients[name][index] * clipping;
                if (decays(name)) weight[index] *= 1 - learningRate * options.WeightDecay;
                ref var first = ref First[name][index];
                ref var second = ref Second[name][index];
                first = options.FirstDecay * first + (1 - options.FirstDecay) * gradient;
                second = options.SecondDecay * second + (1 - options.SecondDecay) * gradient * gradient;
                var correctedFirst = first / (1 - Math.Pow(options.FirstDecay, _step));
                var correctedSecond = second / (1 - Math.Pow(options.SecondDecay, _step));
                weight[index] -= learningRate * correctedFirst / (Math.Sqrt(correctedSecond) + options.Epsilon);
                if (options.AverageDecay is not { } averageDecay) continue;
                var kept = options.AverageWarmsUp ? Math.Min(averageDecay, (1.0 + _step) / (10 + _step)) : averageDecay;
                Averages[name][index] = kept * Averages[name][index] + (1 - kept) * weight[index];
            }
        }
        return norm;
    }

    private static Dictionary<string, double[]> Copy(IReadOnlyDictionary<string, double[]> weights) => weights.ToDictionary(weight => weight.Key, weight => weight.Value.ToArray());
}
