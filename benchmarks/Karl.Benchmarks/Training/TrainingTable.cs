using System.Globalization;
using Karl.Benchmarks.Measuring;

namespace Karl.Benchmarks.Training;

/// <summary>Results of training steps as Markdown.</summary>
internal static class TrainingTable
{
    private const string None = "-";

    /// <summary>A line for each phase.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<TrainingResult> results, int batchSize) =>
    [
        "| step | numbers trained | ours, images/s | PyTorch, images/s | layout | ours / PyTorch | lowest and highest | of the fastest steps |",
        "|---|--:|--:|--:|---|--:|--:|--:|",
        .. results.Select(result => Line(result, batchSize)),
        string.Empty,
        "Images per second at the median step and, in brackets, at the fastest. Ours / PyTorch: the median over rounds of both sides' times in the same round, with the lowest and highest round; "
            + "above 1, ours trains on more images per second. The last column divides the fastest steps of both sides, whenever they were.",
    ];

    private static string Line(TrainingResult result, int batchSize)
    {
        Timing? ratio = result.Ratio;
        string ratios = ratio is null ? $"{None} | {None} | {None}" : Text($"**{ratio.Median:0.00}** | {ratio.Minimum:0.00} to {ratio.InOrder.Max():0.00} | {result.Original!.Minimum / result.Ours.Minimum:0.00}");
        return Text($"| {result.Phase.Title()} | {result.TrainedNumbers} | {Rate(result.Ours)} | {(result.Original is null ? None : Rate(result.Original))} | {result.Layout} | {ratios} |");

        string Rate(Timing timing) => Text($"{1000 * batchSize / timing.Median:0.0} ({1000 * batchSize / timing.Minimum:0.0})");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
