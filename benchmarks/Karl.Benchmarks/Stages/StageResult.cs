using Karl.Benchmarks.Measuring;

namespace Karl.Benchmarks.Stages;

/// <summary>How a stage did.</summary>
/// <param name="Stage">Which.</param>
/// <param name="Tokens">Tokens that it is about: 2D tokens of the image, the budget, or kept ones.</param>
/// <param name="Flops">Floating-point operations of one of our runs.</param>
/// <param name="Ours">Ours.</param>
/// <param name="Original">The original's in its faster layout; null where it was not measured.</param>
/// <param name="Layout">That layout.</param>
/// <param name="Int8">Ours with 8-bit products; null where it was not measured.</param>
internal sealed record StageResult(Stage Stage, int Tokens, double Flops, Timing Ours, Timing? Original, string Layout, Timing? Int8)
{
    /// <summary>Billions of operations in a second.</summary>
    public double GigaflopsPerSecond => Flops / Ours.Median / 1e6;
}
