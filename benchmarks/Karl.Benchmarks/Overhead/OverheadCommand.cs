using System.CommandLine;
using System.Globalization;
using Karl.Benchmarks.Measuring;
using Karl.Tokenizers.Bundles;

namespace Karl.Benchmarks.Overhead;

/// <summary><c>overhead --model MODEL.karl</c>.</summary>
internal static class OverheadCommand
{
    public static Command Create()
    {
        Option<FileInfo> model = new("--model") { Description = "The model bundle.", HelpName = "MODEL.karl", Required = true };
        Option<int> images = CountOption.Create("--images", "Generated files for measuring what is around the model.", 64);
        Option<int> modelImages = CountOption.Create("--model-images", "How many of them the model gets, if there are so many.", 8);
        Option<int> batch = CountOption.Create("--batch", "Most images in one run.", 4);
        Option<int?> threads = new("--threads") { Description = "Threads of one run; one per core otherwise.", HelpName = "COUNT" };
        Option<int> runs = CountOption.Create("--runs", "How often everything is measured.", 5);
        Command command = new("overhead", "Measure what bulk tokenizing costs beside ONNX Runtime and image decoding.") { model, images, modelImages, batch, threads, runs };
        command.SetAction(parsed =>
        {
            int through = Math.Min(parsed.GetValue(modelImages), parsed.GetValue(images));
            using Bundle bundle = Bundle.Open(parsed.GetValue(model)!.FullName);
            string method = string.Create(
                CultureInfo.InvariantCulture,
                $"generated JPEG files of 1024 x 768, {parsed.GetValue(images)} around the model and {through} through it, batches of {parsed.GetValue(batch)}, medians of {parsed.GetValue(runs)} runs by turns after one that does not count");
            string[] start = [.. Circumstances.Lines(parsed.Tokens.Select(token => token.Value), [("model", bundle.ToString()), ("method", method)])];
            using OverheadBenchmark benchmark = new(bundle, parsed.GetValue(images), parsed.GetValue(batch), parsed.GetValue(threads), parsed.GetValue(runs));
            OverheadResult result = benchmark.Run(through, Console.Error.WriteLine);
            Console.Out.WriteLine(string.Join('\n', ["# Overhead", string.Empty, .. start, string.Empty, .. Table(result)]));
            return 0;
        });
        return command;
    }

    private static string[] Table(OverheadResult result) =>
    [
        "| an image takes | processor, ms | clock, ms | share of processor |",
        "|---|--:|--:|--:|",
        Text($"| in ONNX Runtime | {result.Model.Processor:0.0} | {result.Model.Clock:0.0} | {Share(result.Model, result):0.0%} |"),
        Text($"| reading and decoding the file | {result.Decoding.Processor:0.00} | {result.Decoding.Clock:0.00} | {Share(result.Decoding, result):0.0%} |"),
        Text($"| in the library: resizing, batches, threads, halting, sequences, JSON | {result.Library.Processor:0.00} | | {result.LibraryShare:0.00%} |"),
        Text($"| altogether, measured as one | {result.Bulk.Processor:0.0} | {result.Bulk.Clock:0.0} | |"),
        string.Empty,
        Text($"Overhead of the library: {result.LibraryShare:0.00%} of the processor time of bulk tokenizing."),
    ];

    private static double Share(Effort effort, OverheadResult result) => effort.Processor / (result.Model.Processor + result.Decoding.Processor + result.Library.Processor);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
