using Karl.Export.Verification.Internals;

namespace Karl.Training.Verification.Internals;

/// <summary>Every tolerance of a training step's verification that is not one of a model's. <c>docs/numerics.md</c> says which measurement each comes from.</summary>
internal static class StepTolerances
{
    /// <summary>How much of a weight's gradient, as a vector, may be wrong: also of a part of it, of its sum, of the lengths of its slices.</summary>
    public const double Gradient = 1e-4;

    /// <summary>Clipped gradients below this do not say which way a weight goes at the first step: noise as large as the optimizer's epsilon does.</summary>
    public const double SmallestClearGradient = 1e-6;

    /// <summary>A float32 weight before and after the step, each rounded in two implementations.</summary>
    public const double WeightRounding = 3e-7;

    /// <summary>How much of a change may be wrong beyond the weight's rounding.</summary>
    public const double Change = 1e-4;

    /// <summary>How many times the original's own noise other noise may be: of elements of gradients, where they are small enough to matter, and of changes without a clear gradient.</summary>
    public const double NoiseFactor = 5;

    /// <summary>Losses, pixel errors, the gradients' norm.</summary>
    public static Tolerance Loss { get; } = Tolerance.Relative(1e-5);

    /// <summary>Logged probabilities, which the original multiplies and divides in float32.</summary>
    public static Tolerance Probability { get; } = Tolerance.Relative(1e-6);
}
