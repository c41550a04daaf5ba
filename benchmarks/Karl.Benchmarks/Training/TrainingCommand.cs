using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using Karl.Benchmarks.Measuring;
using Karl.Benchmarks.Stages;
using Karl.Training.Runs;

namespace Karl.Benchmarks.Training;

/// <summary><c>training --pytorch "COMMAND LINE"</c>.</summary>
internal static class TrainingCommand
{
    public static Command Create()
    {
        Option<string> preset = new("--preset") { Description = "The network, a training preset.", HelpName = "NAME", DefaultValueFactory = _ => "small-64" };
        Option<Phase[]> phases = new("--phases") { Description = "Phases to time.", HelpName = "PHASE", DefaultValueFactory = _ => Enum.GetValues<Phase>(), AllowMultipleArgumentsPerToken = true };
        Option<string?> pytorch = new("--pytorch") { Description = "What starts benchmarks/pytorch/training.py; sizes and --threads are appended.", HelpName = "COMMAND LINE" };
        Option<bool> keepBlasSettings = new("--keep-blas-settings") { Description = "Let PyTorch inherit OPENBLAS_CORETYPE and OPENBLAS_L2_SIZE." };
        Option<int> batch = CountOption.Create("--batch", "Images in a step; 0 is each phase's own number of the preset.", 0, least: 0);
        Option<int> budget = CountOption.Create("--budget", "Tokens of the first pass.", 32);
        Option<int> threads = CountOption.Create("--threads", "Threads of one step, for both.", 2);
        Option<int> replicas = CountOption.Create("--replicas", "Parts of our batches that are computed side by side; 0 is what suits each phase, as in a run.", 0, least: 0);
        Option<int> runs = CountOption.Create("--runs", "Steps that count.", 9);
        Option<int> warmUps = CountOption.Create("--warm-ups", "Steps before them that do not.", 2, least: 0);
        Option<FileInfo?> output = new("--output") { Description = "Write the table to a file too.", HelpName = "TABLE.md" };
        Command command = new("training", "Time one training step of each phase, by turns with the original in PyTorch.") { preset, phases, pytorch, keepBlasSettings, batch, budget, threads, replicas, runs, warmUps, output };
        command.SetAction(parsed =>
        {
            TrainingPreset chosen = TrainingPreset.Get(parsed.GetValue(preset)!);
            (int tokens, int count) = (parsed.GetValue(budget), parsed.GetValue(threads));
            Dictionary<Phase, int> sizes = Enum.GetValues<Phase>().ToDictionary(phase => phase, phase => parsed.GetValue(batch) is > 0 and int given ? given : phase.BatchSize(chosen));
            string method = string.Create(
                CultureInfo.InvariantCulture,
                $"random images, budget {tokens}, {count} threads each, {parsed.GetValue(runs)} steps by turns after {parsed.GetValue(warmUps)} that do not count");
            string[] start = [.. Circumstances.Lines(parsed.Tokens.Select(token => token.Value), [("preset", $"{chosen.Name}: {chosen.Summary}"), ("method", method)])];
            bool keeps = parsed.GetValue(keepBlasSettings);
            using OriginalProcess? process = parsed.GetValue(pytorch) is string line ? OriginalProcess.Start([.. CommandLineParser.SplitCommandLine(line), .. Sizes(chosen, sizes, tokens)], count, keeps) : null;
            TrainingBenchmark benchmark = new(chosen, process, sizes, tokens, count, parsed.GetValue(replicas) is > 0 and int given ? given : null, parsed.GetValue(warmUps), parsed.GetValue(runs));
            IReadOnlyList<TrainingResult> results = benchmark.Run(parsed.GetValue(phases)!, Console.Error.WriteLine);
            string[] pytorchLine = process is null ? [] : [$"- PyTorch: {process.TorchVersion}, {(keeps ? "with this machine's settings for OpenBLAS" : "with OPENBLAS_CORETYPE and OPENBLAS_L2_SIZE unset")}"];
            string text = string.Join('\n', ["# Training steps", string.Empty, .. start, .. pytorchLine, string.Empty, .. TrainingTable.Lines(results, chosen)]) + "\n";
            Console.Out.Write(text);
            if (parsed.GetValue(output) is FileInfo target)
            {
                Directory.CreateDirectory(target.DirectoryName!);
                File.WriteAllText(target.FullName, text);
            }

            return 0;
        });
        return command;
    }

    private static string[] Sizes(TrainingPreset preset, IReadOnlyDictionary<Phase, int> batchSizes, int budget) =>
    [
        "--network", NetworkSizes.Json(PhaseSteps.Network(preset)),
        "--batches", JsonSerializer.Serialize(batchSizes.ToDictionary(size => size.Key.Title(), size => size.Value)),
        "--budget", budget.ToString(CultureInfo.InvariantCulture),
    ];
}
