using System.CommandLine;
using System.Globalization;
using Karl.Benchmarks.Measuring;
using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;

namespace Karl.Benchmarks.Serving;

/// <summary><c>serve</c>: many clients against bulk tokenizing.</summary>
internal static class ServingCommand
{
    public static Command Create()
    {
        Option<FileInfo?> model = new("--model") { Description = "The model bundle; the one that comes along unless given.", HelpName = "MODEL.karl" };
        Option<int> clients = CountOption.Create("--clients", "Clients that ask at the same time.", 64);
        Option<int> rounds = CountOption.Create("--rounds", "How often bulk work and clients take turns.", 3);
        Option<int> seconds = CountOption.Create("--seconds", "How long a turn takes.", 20);
        Option<int> batch = CountOption.Create("--batch", "Most images in one run, for the server.", 16);
        Option<int> threads = CountOption.Create("--threads", "Threads of one run, for both.", Environment.ProcessorCount);
        Command command = new("serve", "Measure a server under many clients beside bulk tokenizing of the same images.") { model, clients, rounds, seconds, batch, threads };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ServingLoad load = new(parsed.GetValue(clients), parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(batch), parsed.GetValue(threads));
            using Bundle bundle = parsed.GetValue(model) is FileInfo file ? Bundle.Open(file.FullName) : IncludedModel.Default.Open();
            string[] start = [.. Circumstances.Lines(parsed.Tokens.Select(token => token.Value), [("model", bundle.ToString()), ("method", load.ToString())])];
            using ServingBenchmark benchmark = new(bundle, load);
            IReadOnlyList<ServingRound> results = await benchmark.RunAsync(Console.Error.WriteLine, cancellationToken);
            Console.Out.WriteLine(string.Join('\n', ["# Serving", string.Empty, .. start, string.Empty, .. Table(results)]));
            return results.Sum(round => round.Errors) == 0 ? 0 : 1;
        });
        return command;
    }

    private static string[] Table(IReadOnlyList<ServingRound> rounds)
    {
        double[] ratios = [.. rounds.Select(round => round.Ratio).Order()];
        return
        [
            "| round | bulk, images/s | server, images/s | ratio | processor, ms an image: bulk | server and clients | errors | images in a batch | memory afterwards, MiB: managed | process |",
            "|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
            .. rounds.Select((round, index) => Text($"| {index + 1} | {round.Bulk:0.0} | {round.Served:0.0} | {round.Ratio:0.00} | {round.BulkProcessor:0.0} | {round.ServedProcessor:0.0} | {round.Errors} | {round.BatchSize:0.0} | {round.ManagedMebibytes:0.0} | {round.ProcessMebibytes:0} |")),
            string.Empty,
            Text($"Median ratio {(ratios[(ratios.Length - 1) / 2] + ratios[ratios.Length / 2]) / 2:0.00}; {rounds.Sum(round => round.Requests)} requests, {rounds.Sum(round => round.Errors)} errors."),
        ];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
