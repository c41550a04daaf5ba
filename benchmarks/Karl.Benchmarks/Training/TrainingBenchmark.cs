using System.Globalization;
using Karl.Benchmarks.Measuring;
using Karl.Benchmarks.Stages;
using Karl.Training.Runs;

namespace Karl.Benchmarks.Training;

/// <summary>Times one training step of each phase and the same step of the original, by turns.</summary>
/// <param name="preset">Network and optimizer.</param>
/// <param name="original">The original, or null.</param>
/// <param name="batchSizes">Images in a step of each phase.</param>
/// <param name="budget">Tokens of the first pass.</param>
/// <param name="threads">Threads of one step.</param>
/// <param name="replicas">Into how many parts our batches are cut; null is what suits each phase, as in a run.</param>
/// <param name="warmUps">Steps that do not count.</param>
/// <param name="runs">Steps that do.</param>
internal sealed class TrainingBenchmark(TrainingPreset preset, OriginalProcess? original, IReadOnlyDictionary<Phase, int> batchSizes, int budget, int threads, int? replicas, int warmUps, int runs)
{
    private const string OursName = "ours";

    /// <summary>Times phases, one after another.</summary>
    /// <exception cref="InvalidOperationException">The original trains another number of weights.</exception>
    public IReadOnlyList<TrainingResult> Run(IEnumerable<Phase> phases, Action<string> progress) => [.. phases.Select(phase =>
    {
        progress($"{phase.Title()}");
        return Run(phase);
    })];

    private TrainingResult Run(Phase phase)
    {
        using OurStep step = new(phase, preset, batchSizes[phase], budget, threads, replicas);
        string[] layouts = original is null ? [] : phase.Layouts();
        if (original is not null)
        {
            double trained = original.Ask($"{phase.Title()} weights");
            if (trained != step.TrainedNumbers)
            {
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The original trains {trained} numbers in phase '{phase.Title()}', ours trains {step.TrainedNumbers}: not the same step. Build the same network in benchmarks/pytorch/training.py."));
            }
        }

        Contestant[] contestants = [new(OursName, step.Run), .. layouts.Select(layout => new Contestant(layout, () => original!.Ask($"{phase.Title()} {layout}")))];
        IReadOnlyDictionary<string, Timing> timings = Alternation.Run(contestants, warmUps, runs);
        string? layout = layouts.MinBy(candidate => timings[candidate].Median);
        return new TrainingResult(phase, batchSizes[phase], phase.Images(preset), step.TrainedNumbers, step.Replicas, timings[OursName], layout is null ? null : timings[layout], layout ?? string.Empty);
    }
}
