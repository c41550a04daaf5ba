using Karl.Training.Optimizers;
using Karl.Training.Schedules;

namespace Karl.Training.Runs;

/// <summary>How one phase of a run is trained. The defaults are the published ones where the paper gives any.</summary>
public sealed record PhaseOptions
{
    /// <summary>Steps in all. Raise it for better models; time grows with it.</summary>
    public required int Steps { get; init; }

    /// <summary>Images in a step. Raise it for steadier gradients; time and memory of a step grow with it.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Highest learning rate. Too high diverges, too low wastes steps.</summary>
    public double LearningRate { get; init; } = 4e-4;

    /// <summary>Steps until the highest learning rate.</summary>
    public int WarmupSteps { get; init; } = 200;

    /// <summary>What is taken off matrices each step, in units of the learning rate. Raise it against overfitting.</summary>
    public double WeightDecay { get; init; } = 0.05;

    /// <summary>Largest norm of all gradients together; larger ones are scaled down.</summary>
    public double ClipNorm { get; init; } = 3;

    /// <summary>How much of the moving average stays at each step. Raise it for longer runs: it looks back about 1 / (1 - value) steps.</summary>
    public double AverageDecay { get; init; } = 0.999;

    /// <summary>Share of samples that lose contrast, down to flat colours; see <see cref="Data.TrainingImageOptions.FadedShare"/>.</summary>
    public double FadedShare { get; init; }

    /// <summary>Share of samples with noise, up to nothing but noise; see <see cref="Data.TrainingImageOptions.NoisyShare"/>.</summary>
    public double NoisyShare { get; init; }

    internal CosineSchedule Schedule() => new(LearningRate, WarmupSteps, Steps);

    internal AdamWOptions Optimizer() => new() { WeightDecay = WeightDecay, LargestGradientNorm = ClipNorm, AverageDecay = AverageDecay };
}
