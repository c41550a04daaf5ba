using System.CommandLine;
using System.Globalization;
using Karl.Benchmarks.Measuring;
using Karl.Tokenizers.Bundles;

namespace Karl.Benchmarks.MlNet;

/// <summary><c>mlnet --model MODEL.karl</c>.</summary>
internal static class MlNetCommand
{
    public static Command Create()
    {
        Option<FileInfo> model = new("--model") { Description = "The model bundle.", HelpName = "MODEL.karl", Required = true };
        Option<int> images = CountOption.Create("--images", "Rows.", 64);
        Option<int> batch = CountOption.Create("--batch", "Most rows in one run.", 16);
        Option<int> runs = CountOption.Create("--runs", "How often everything is measured.", 5);
        Command command = new("mlnet", "Time a pipeline's batches against ML.NET's ApplyOnnxModel on the same encoder, and against the tokenizer itself.") { model, images, batch, runs };
        command.SetAction(parsed =>
        {
            using Bundle bundle = Bundle.Open(parsed.GetValue(model)!.FullName);
            string method = string.Create(
                CultureInfo.InvariantCulture,
                $"{parsed.GetValue(images)} rows of pixels, batches of {parsed.GetValue(batch)}, medians of {parsed.GetValue(runs)} runs by turns after one that does not count");
            string[] start = [.. Circumstances.Lines(parsed.Tokens.Select(token => token.Value), [("model", bundle.ToString()), ("method", method)])];
            using MlNetBenchmark benchmark = new(parsed.GetValue(model)!.FullName, bundle, parsed.GetValue(images), parsed.GetValue(batch));
            string agreement = benchmark.Compare();
            IReadOnlyDictionary<string, Timing> timings = Alternation.Run(benchmark.Contestants, warmUps: 1, parsed.GetValue(runs));
            Console.Out.WriteLine(string.Join('\n', ["# ML.NET", string.Empty, .. start, string.Empty, .. Table(timings, parsed.GetValue(images), benchmark), string.Empty, agreement]));
            return 0;
        });
        return command;
    }

    private static IEnumerable<string> Table(IReadOnlyDictionary<string, Timing> timings, int images, MlNetBenchmark benchmark)
    {
        double own = timings[MlNetBenchmark.Transform].Median;
        yield return "| a row takes | ms | against the pipeline in batches | GFLOP/s |";
        yield return "|---|--:|--:|--:|";
        foreach ((string name, Timing timing) in timings.Where(timing => timing.Key != benchmark.Product.Name))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"| {name} | {timing.Median / images:0.000} | {timing.Median / own:0.00} | {benchmark.Flops * images / timing.Median / 1e6:0} |");
        }

        benchmark.Product.Add(timings[benchmark.Product.Name]);
        yield return string.Empty;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"A row takes the encoder {benchmark.Flops / 1e9:0.000} GFLOP, and a {benchmark.Product.Name} reaches {benchmark.Product.GigaflopsPerSecond:0} GFLOP/s here: no pipeline can be faster than {benchmark.Flops / benchmark.Product.GigaflopsPerSecond / 1e6:0.000} ms.");
    }
}
