using System.CommandLine;
using Karl.Cli.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Evaluation;
using Karl.Tokenizers.Imaging;

namespace Karl.Cli.Verbs;

/// <summary><c>karl evaluate IMAGES --model MODEL</c>: how close images come back, from how many tokens, beside a thumbnail of as many bytes.</summary>
internal static class EvaluateVerb
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        Argument<string[]> images = ImageArguments.Create("IMAGES", "Files, folders (with all in them) and patterns such as 'photos/**/*.jpg'.");
        Option<string?> output = new("--output", "-o") { Description = "Folder for the report, tables (CSV) and charts (PNG); made if it is missing.", HelpName = "FOLDER" };
        Option<int[]?> budgets = new("--budgets")
        {
            Description = "Numbers of tokens that each image gets, whether it needs them or not; an eighth, a quarter, half and all of the model's default unless given.",
            HelpName = "N ...",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<float[]?> epsilons = new("--epsilons")
        {
            Description = "Reconstruction errors to ask for, so that each image gets as many tokens as it needs; 0.6, 1, 1.4 and 1.8 times the model's default unless given.",
            HelpName = "E ...",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<int?> most = new("--budget") { Description = "Most tokens that an image may take where an error is asked for; the model's default unless given.", HelpName = "N" };
        ModelOptions model = new();
        MetricOptions metrics = new();
        Command command = new("evaluate", "Measure how close images come back, and from how many tokens.") { images, output, budgets, epsilons, most };
        metrics.AddTo(command);
        model.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            EvaluationOptions options = new()
            {
                Budgets = parsed.GetValue(budgets) is { Length: > 0 } some ? [.. some] : null,
                Epsilons = parsed.GetValue(epsilons) is { Length: > 0 } asked ? [.. asked] : null,
                MostTokens = parsed.GetValue(most),
            };
            return RunAsync(parsed, model, metrics, parsed.GetRequiredValue(images), options, parsed.GetValue(output), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, ModelOptions model, MetricOptions metrics, string[] names, EvaluationOptions options, string? outputPath, CancellationToken cancellationToken)
    {
        ModelChoice choice = model.Model(parsed);
        ImageTokenizerOptions running = model.Read(parsed, TokenizerParts.All);
        UsageException.ThrowUnless(outputPath is null || !File.Exists(outputPath), $"--output '{outputPath}' is a file; a folder was expected.");
        ImageArguments.RequireAny(names);
        EvaluationFolder? folder = outputPath is null ? null : new EvaluationFolder(outputPath);
        string? inside = folder is null ? null : ImageFiles.Find(names).FirstOrDefault(folder.Holds);
        UsageException.ThrowUnless(inside is null, $"'{inside}' lies in the output folder, where it could be overwritten; choose another folder.");

        using LoadedMetrics loaded = metrics.Load(parsed, running.Threads);
        options = options with { Metrics = loaded.All };
        using ImageTokenizer tokenizer = choice.Load(running);
        long unreadable = 0;
        EvaluationReport report = await Watching.RunAsync(
            parsed.InvocationConfiguration.Error,
            "evaluating",
            () => ImageFiles.Find(names).LongCount(),
            watching => Task.Run(
                () => tokenizer.Evaluate(
                    ImageFiles.Find(names, problem =>
                    {
                        unreadable++;
                        watching.Say(problem);
                    }),
                    options,
                    choice.Name,
                    image => Report(image, watching),
                    cancellationToken),
                CancellationToken.None));
        parsed.InvocationConfiguration.Output.Write(report.ToString());
        if (report.Images.Length > 0)
        {
            folder?.Write(report);
        }

        return report.BrokenCount + unreadable == 0 ? KarlCommand.Success : KarlCommand.Failure;
    }

    private static void Report(EvaluatedImage image, Watching watching)
    {
        watching.Advance();
        if (image.Problem is not null)
        {
            watching.Say(image.Problem.Contains(image.Path, StringComparison.Ordinal) ? image.Problem : $"{image.Path}: {image.Problem}");
        }
    }
}
