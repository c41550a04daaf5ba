namespace Karl.Training.Optimizers;

/// <summary>
/// Adam with decoupled weight decay (arXiv 1711.05101), clipped gradients and a moving average of the weights. The defaults are those of KARL's released code,
/// but for <see cref="AverageWarmsUp"/>: there the average starts anew with every epoch.
/// </summary>
public sealed record AdamWOptions
{
    /// <summary>How much of the running mean of gradients stays at each step, 0 to 1; higher is smoother and slower to turn.</summary>
    public double FirstDecay { get; init; } = 0.9;

    /// <summary>How much of the running mean of squared gradients stays at each step, 0 to 1; higher remembers large gradients for longer.</summary>
    public double SecondDecay { get; init; } = 0.95;

    /// <summary>Added to the root of the squared gradients' mean; higher holds weights back whose gradients are tiny.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>
    /// The share of a weight, times the learning rate, that is taken away at each step; higher pulls weights towards zero. One-dimensional weights and biases
    /// are left alone.
    /// </summary>
    public double WeightDecay { get; init; } = 0.05;

    /// <summary>The longest that the gradient of all weights together may be; longer ones are shortened to it. Null: never shortened.</summary>
    public double? LargestGradientNorm { get; init; } = 3.0;

    /// <summary>How much of the weights' moving average stays at each step, 0 to 1; higher is smoother and later. Null: no average is kept.</summary>
    public double? AverageDecay { get; init; } = 0.9999;

    /// <summary>Whether the average follows closely at first: at step n it keeps (1 + n) / (10 + n) where that is less than <see cref="AverageDecay"/>, so that short runs do not stay at their beginning.</summary>
    public bool AverageWarmsUp { get; init; } = true;

    /// <summary>Checks that the numbers can be used.</summary>
    /// <exception cref="ArgumentException">They cannot; the message lists every reason.</exception>
    public void Validate()
    {
        string[] problems = [.. Problems()];
        if (problems.Length > 0) throw new ArgumentException($"The optimizer cannot be built: {string.Join("; ", problems)}.");
    }

    private IEnumerable<string> Problems()
    {
        if (!(FirstDecay is >= 0 and < 1)) yield return $"the decay of gradients is {FirstDecay}; wanted 0 up to but without 1";
        if (!(SecondDecay is >= 0 and < 1)) yield return $"the decay of squared gradients is {SecondDecay}; wanted 0 up to but without 1";
        if (!(Epsilon > 0 && double.IsFinite(Epsilon))) yield return $"epsilon is {Epsilon}; wanted a number above 0";
        if (!(WeightDecay >= 0 && double.IsFinite(WeightDecay))) yield return $"the weight decay is {WeightDecay}; wanted at least 0";
        if (LargestGradientNorm is { } norm && !(norm > 0)) yield return $"the largest gradient norm is {norm}; wanted a number above 0, or null for none";
        if (AverageDecay is { } decay && !(decay is >= 0 and < 1)) yield return $"the decay of the average is {decay}; wanted 0 up to but without 1, or null for no average";
    }
}
