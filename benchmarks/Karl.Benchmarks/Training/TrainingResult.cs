using Karl.Benchmarks.Measuring;

namespace Karl.Benchmarks.Training;

/// <summary>How a phase's step did.</summary>
/// <param name="Phase">Which.</param>
/// <param name="BatchSize">Images in a step.</param>
/// <param name="PresetImages">Images that a run of the preset takes through such steps, those of its last phase among them.</param>
/// <param name="TrainedNumbers">Numbers that it trains.</param>
/// <param name="Replicas">Parts of a batch that ours computes side by side.</param>
/// <param name="Ours">Ours.</param>
/// <param name="Original">PyTorch's in its faster layout; null where it was not measured.</param>
/// <param name="Layout">That layout.</param>
internal sealed record TrainingResult(Phase Phase, int BatchSize, long PresetImages, long TrainedNumbers, int Replicas, Timing Ours, Timing? Original, string Layout)
{
    /// <summary>How many times as many images per second as PyTorch, round by round.</summary>
    public Timing? Ratio => Original is null ? null : new Timing(Ours.InOrder.Zip(Original.InOrder, (ours, original) => original / ours));
}
