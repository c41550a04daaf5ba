using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Karl.Benchmarks.Measuring;
using Karl.Tokenizers.Bundles;

namespace Karl.Benchmarks.Stages;

/// <summary><c>stages --model MODEL.karl --pytorch "COMMAND LINE"</c>.</summary>
internal static class StagesCommand
{
    public static Command Create()
    {
        Option<FileInfo> model = new("--model") { Description = "The model bundle, float32.", HelpName = "MODEL.karl", Required = true };
        Option<FileInfo?> int8 = new("--int8") { Description = "The same model with 8-bit products: its transformers are timed too.", HelpName = "OTHER.karl" };
        Option<string?> pytorch = new("--pytorch") { Description = "What starts benchmarks/pytorch/stages.py; --threads is appended.", HelpName = "COMMAND LINE" };
        Option<bool> keepBlasSettings = new("--keep-blas-settings") { Description = "Let PyTorch inherit OPENBLAS_CORETYPE and OPENBLAS_L2_SIZE." };
        Option<int[]> kept = new("--kept")
        {
            Description = "Numbers of kept tokens to decode.",
            HelpName = "COUNT,COUNT...",
            DefaultValueFactory = _ => [256, 128, 32],
            CustomParser = Numbers,
        };
        Option<int> threads = CountOption.Create("--threads", "Threads of one run, for both.", 2);
        Option<int> runs = CountOption.Create("--runs", "Runs that count.", 7);
        Option<int> warmUps = CountOption.Create("--warm-ups", "Runs before them that do not.", 2, least: 0);
        Option<FileInfo?> output = new("--output") { Description = "Write the table to a file too.", HelpName = "TABLE.md" };
        Command command = new("stages", "Time the four stages of a model, by turns with the original in PyTorch.") { model, int8, pytorch, keepBlasSettings, kept, threads, runs, warmUps, output };
        command.SetAction(parsed =>
        {
            using Bundle bundle = Bundle.Open(parsed.GetValue(model)!.FullName);
            using Bundle? other = parsed.GetValue(int8) is FileInfo file ? Bundle.Open(file.FullName) : null;
            string[] original = parsed.GetValue(pytorch) is string line ? [.. CommandLineParser.SplitCommandLine(line)] : [];
            if (original.Length > 0 && (bundle.Manifest.Base != "vqgan" || !bundle.Manifest.Quantized))
            {
                throw new ArgumentException($"'{bundle.Name}' is over {bundle.Manifest.Base}; stages.py builds the original over a VQGAN with quantized latents. Leave out --pytorch, or take such a model.");
            }

            bool keeps = parsed.GetValue(keepBlasSettings);
            (string, string)[] ours = [("model", bundle.ToString()), .. other is null ? [] : new[] { ("8-bit model", other.ToString()) }];
            (string, string) method = ("method", string.Create(CultureInfo.InvariantCulture, $"batch 1, random inputs, {parsed.GetValue(threads)} threads each, {parsed.GetValue(runs)} runs by turns after {parsed.GetValue(warmUps)} that do not count"));
            string[] arguments = [.. parsed.Tokens.Select(token => token.Value)];
            string[] start = [.. Circumstances.Lines(arguments, [.. ours, method])];

            using OriginalProcess? process = original.Length == 0 ? null : OriginalProcess.Start(original, parsed.GetValue(threads), keeps);
            using StagesBenchmark benchmark = new(bundle, other, process, parsed.GetValue(threads), parsed.GetValue(warmUps), parsed.GetValue(runs));
            IReadOnlyList<StageResult> results = benchmark.Run(parsed.GetValue(kept)!, Console.Error.WriteLine);
            StagesTable table = new(results, benchmark.MatrixProduct, benchmark.Convolution);
            string[] pytorchLine = process is null ? [] : [$"- PyTorch: {process.TorchVersion}, {(keeps ? "with this machine's settings for OpenBLAS" : "with OPENBLAS_CORETYPE and OPENBLAS_L2_SIZE unset")}"];
            string text = string.Join('\n', ["# Stages", string.Empty, .. start, .. pytorchLine, string.Empty, .. table.Lines(), .. table.Int8Lines()]) + "\n";
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

    private static int[]? Numbers(ArgumentResult argument)
    {
        List<int> numbers = [];
        foreach (string part in argument.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < 1)
            {
                argument.AddError($"'{part}' is not a number of tokens; numbers of at least 1 with commas between were expected, for example 256,128,32.");
                return null;
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }
}
