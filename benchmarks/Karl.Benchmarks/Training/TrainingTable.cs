using System.Globalization;
using Karl.Benchmarks.Measuring;
using Karl.Training.Runs;

namespace Karl.Benchmarks.Training;

/// <summary>Results of training steps as Markdown.</summary>
internal static class TrainingTable
{
    private const string None = "-";

    /// <summary>A line for each phase.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<TrainingResult> results, TrainingPreset preset) =>
    [
        "| step | images in it | numbers trained | our replicas | ours, images/s | PyTorch, images/s | layout | ours / PyTorch | lowest and highest | of the fastest steps |",
        "|---|--:|--:|--:|--:|--:|---|--:|--:|--:|",
        .. results.Select(result => Line(result)),
        string.Empty,
        "Images per second at the median step and, in brackets, at the fastest. Ours / PyTorch: the median over rounds of both sides' times in the same round, with the lowest and highest round; "
            + "above 1, ours trains on more images per second. The last column divides the fastest steps of both sides, whenever they were.",
        .. Whole(results, preset),
    ];

    /// <summary>What a run of the preset takes on both sides, where all of its steps were timed.</summary>
    private static string[] Whole(IReadOnlyList<TrainingResult> results, TrainingPreset preset)
    {
        if (results.Count < Enum.GetValues<Phase>().Length || results.Any(result => result.Original is null))
        {
            return [];
        }

        double ours = Minutes(result => result.Ours), original = Minutes(result => result.Original!);
        return
        [
            string.Empty,
            Text($"All steps of `{preset.Name}`, {results.Sum(result => result.PresetImages)} images, at the median step: ours {ours:0} minutes, PyTorch's {original:0}, ours / PyTorch **{original / ours:0.00}**."),
        ];

        double Minutes(Func<TrainingResult, Timing> side) => results.Sum(result => (double)result.PresetImages / result.BatchSize * side(result).Median) / 60_000;
    }

    private static string Line(TrainingResult result)
    {
        Timing? ratio = result.Ratio;
        string ratios = ratio is null ? $"{None} | {None} | {None}" : Text($"**{ratio.Median:0.00}** | {ratio.Minimum:0.00} to {ratio.InOrder.Max():0.00} | {result.Original!.Minimum / result.Ours.Minimum:0.00}");
        return Text($"| {result.Phase.Title()} | {result.BatchSize} | {result.TrainedNumbers} | {result.Replicas} | {Rate(result.Ours)} | {(result.Original is null ? None : Rate(result.Original))} | {result.Layout} | {ratios} |");

        string Rate(Timing timing) => Text($"{1000 * result.BatchSize / timing.Median:0.0} ({1000 * result.BatchSize / timing.Minimum:0.0})");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
