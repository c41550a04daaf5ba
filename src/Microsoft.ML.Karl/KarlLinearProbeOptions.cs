using System.Globalization;

namespace Microsoft.ML.Karl;

/// <summary>How a linear probe is trained.</summary>
public sealed record KarlLinearProbeOptions
{
    /// <summary>What finds the weights.</summary>
    public KarlProbeOptimizer Optimizer { get; init; } = KarlProbeOptimizer.Lbfgs;

    /// <summary>Whether each feature is brought to mean 0 and deviation 1 first, by the training data; the weights take that in.</summary>
    public bool Standardize { get; init; } = true;

    /// <summary>Half of this times the squared weights is added to the mean cross-entropy. Raise it where there are few images for many features.</summary>
    public float L2Regularization { get; init; } = 1e-4f;

    /// <summary>Most steps of L-BFGS; it stops sooner where the gradient is almost 0.</summary>
    public int MaximumIterations { get; init; } = 300;

    /// <summary>Passes of SGD over the data.</summary>
    public int Epochs { get; init; } = 60;

    /// <summary>Rows in one step of SGD.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Rate of SGD at its beginning; it falls to 0 along half a cosine.</summary>
    public float LearningRate { get; init; } = 0.1f;

    /// <summary>How much of its last step SGD takes into the next, 0 to below 1.</summary>
    public float Momentum { get; init; } = 0.9f;

    /// <summary>Seed of SGD's order of rows.</summary>
    public int Seed { get; init; } = 1;

    internal void Validate()
    {
        List<string> problems = [];
        Require(Enum.IsDefined(Optimizer), $"Optimizer is {Optimizer}; {nameof(KarlProbeOptimizer.Lbfgs)} or {nameof(KarlProbeOptimizer.Sgd)} was expected.");
        Require(float.IsFinite(L2Regularization) && L2Regularization >= 0, $"L2Regularization is {L2Regularization}; a finite number of at least 0 was expected.");
        Require(MaximumIterations >= 1, $"MaximumIterations is {MaximumIterations}; at least 1 was expected.");
        Require(Epochs >= 1, $"Epochs is {Epochs}; at least 1 was expected.");
        Require(BatchSize >= 1, $"BatchSize is {BatchSize}; at least 1 was expected.");
        Require(float.IsFinite(LearningRate) && LearningRate > 0, $"LearningRate is {LearningRate}; a finite number above 0 was expected.");
        Require(Momentum is >= 0 and < 1, $"Momentum is {Momentum}; 0 to below 1 was expected.");
        if (problems.Count > 0)
        {
            throw new ArgumentException($"{nameof(KarlTrainersCatalog.KarlLinearProbe)}: {string.Join(" ", problems)}");
        }

        void Require(bool holds, FormattableString problem)
        {
            if (!holds)
            {
                problems.Add(problem.ToString(CultureInfo.InvariantCulture));
            }
        }
    }
}

/// <summary>What finds the weights of a linear probe.</summary>
public enum KarlProbeOptimizer
{
    /// <summary>Limited-memory quasi-Newton steps over all rows.</summary>
    Lbfgs,

    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,
}
