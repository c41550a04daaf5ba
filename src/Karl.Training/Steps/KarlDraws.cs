using Karl.Networks;

namespace Karl.Training.Steps;

/// <summary>
/// Draws what a training step asks of its first pass, as the released code does: one budget for the batch, all equally probable, and an error for each image. Errors of the
/// first bins are equally probable at first; what is reached anyway becomes rarer.
/// </summary>
/// <remarks>The same seed and observations give the same draws. Not safe for several threads.</remarks>
public sealed class KarlDraws
{
    private const float Decay = 0.99f;
    private readonly float[] _bins;
    private readonly float[] _probabilities;
    private readonly int[] _budgets;
    private readonly int _seed;
    private int _budget;
    private Random _random;

    /// <summary>Begins.</summary>
    /// <param name="architecture">The network, whose error bins are drawn from.</param>
    /// <param name="budgets">The budgets to draw from; null is 16, 32 ... 368, up to the network's maximum.</param>
    /// <param name="seed">Says which draws.</param>
    /// <param name="largestFirstError">The largest error that is drawn: one that the network does not reach.</param>
    /// <exception cref="ArgumentException">A budget is not one of the network's.</exception>
    public KarlDraws(KarlArchitecture architecture, IReadOnlyList<int>? budgets = null, int seed = 0, float largestFirstError = 0.04f)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        _bins = [.. architecture.ErrorBins];
        _budgets = budgets is null ? [.. Enumerable.Range(1, 23).Select(number => 16 * number).Where(budget => budget <= architecture.MaximumLatents)] : [.. budgets];
        if (_budgets.Length == 0 || _budgets.Any(budget => budget < 1 || budget > architecture.MaximumLatents))
        {
            throw new ArgumentException($"The budgets to draw from are [{string.Join(", ", _budgets)}]; wanted at least one, each from 1 to {architecture.MaximumLatents}, the network's maximum.", nameof(budgets));
        }
        var first = Math.Max(1, _bins.Count(bin => bin <= largestFirstError));
        _probabilities = [.. _bins.Select((_, index) => index < first ? 1f / first : 0)];
        _seed = seed;
        _random = new Random(seed);
    }

    /// <summary>How probable each error bin is, together 1.</summary>
    public IReadOnlyList<float> Probabilities => _probabilities;

    /// <summary>Makes the next draws depend on the seed and this step alone, so that a run that is taken up again draws what it would have drawn.</summary>
    public void Begin(int step) => _random = new Random(StepSeed.Of(_seed, "draws", step));

    /// <summary>Takes up <see cref="Probabilities"/> that were saved.</summary>
    /// <exception cref="ArgumentException">They are not one for each error bin, or no probabilities.</exception>
    public void Restore(IReadOnlyList<float> probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        if (probabilities.Count != _probabilities.Length || probabilities.Any(probability => !(probability >= 0)) || Math.Abs(probabilities.Sum() - 1) > 1e-3)
        {
            throw new ArgumentException($"{probabilities.Count} numbers that add up to {probabilities.Sum()} were given; wanted {_probabilities.Length} probabilities, one for each error bin.", nameof(probabilities));
        }
        for (var bin = 0; bin < _probabilities.Length; bin++) _probabilities[bin] = probabilities[bin];
    }

    /// <summary>Draws a budget, in tokens.</summary>
    public int Budget() => _budget = _budgets[_random.Next(_budgets.Length)];

    /// <summary>Draws an error for each image of a batch.</summary>
    public float[] Epsilons(int batchSize) => [.. Enumerable.Range(0, batchSize).Select(_ => _bins[Draw()])];

    /// <summary>
    /// Draws the least error that the second pass is asked for, for each image: one of all bins where the last budget was the smallest, which does for every larger error too, else 0.
    /// </summary>
    public float[] LeastErrors(int batchSize) => [.. Enumerable.Range(0, batchSize).Select(_ => _budget == _budgets.Min() ? _bins[_random.Next(_bins.Length)] : 0)];

    /// <summary>
    /// Draws what the second pass is asked for, for each image, in units of the error that the first reached: half of them within a third of it, where it is decided how many tokens are
    /// needed, and half from an eighth of it to sixteen times as much, all orders of magnitude alike.
    /// </summary>
    public float[] AskedShares(int batchSize) => [.. Enumerable.Range(0, batchSize).Select(_ => _random.Next(2) == 0 ? Share(-0.4, 0.4) : Share(-3, 4))];

    private float Share(double least, double most) => (float)Math.Pow(2, least + (_random.NextDouble() * (most - least)));

    /// <summary>Learns what errors a step's first pass reached: errors at or above the smallest of them become rarer.</summary>
    public void Observe(IReadOnlyList<float> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        Observe(_probabilities, _bins, errors);
    }

    /// <summary>The change of probabilities that <see cref="Observe(IReadOnlyList{float})"/> makes.</summary>
    internal static void Observe(float[] probabilities, IReadOnlyList<float> bins, IReadOnlyList<float> errors)
    {
        var smallest = errors.Min();
        for (var bin = 0; bin < probabilities.Length; bin++)
        {
            if (bins[bin] >= smallest) probabilities[bin] *= Decay;
        }
        var sum = probabilities.Sum();
        for (var bin = 0; bin < probabilities.Length; bin++) probabilities[bin] /= sum;
    }

    private int Draw()
    {
        var rest = _random.NextDouble() * _probabilities.Sum(probability => (double)probability);
        for (var bin = 0; bin < _probabilities.Length; bin++)
        {
            rest -= _probabilities[bin];
            if (rest < 0) return bin;
        }
        return Array.FindLastIndex(_probabilities, probability => probability > 0);
    }
}
