using System.CommandLine;
using System.Globalization;
using Karl.Applications.Budgets;
using Karl.Applications.Video;
using Karl.Cli.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.TokenFiles;

namespace Karl.Cli.Verbs;

/// <summary><c>karl budget FOLDER --tokens N -o FOLDER</c>: a number of tokens given out to images or frames so that the worst or the mean error is least.</summary>
internal static class BudgetVerb
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        Argument<string[]> images = ImageArguments.Create("IMAGES", "Files, folders and patterns of images, or one film.");
        Option<int> tokens = new("--tokens") { Description = "Tokens for all images together.", HelpName = "N", Required = true };
        Option<BudgetGoal> goal = ChoiceOption.Create("--goal", "Whether the error of the worst image or the mean error is to be least.", BudgetGoal.Worst);
        Option<string> output = new("--output", "-o") { Description = "Folder for plan.json, plan.png and tokens.jsonl; made if it is missing.", HelpName = "FOLDER", Required = true };
        Option<int[]?> ladder = new("--lengths")
        {
            Description = "Numbers of tokens that are tried for each image, ascending; sixteenths of the model's largest budget unless given.",
            HelpName = "N ...",
            AllowMultipleArgumentsPerToken = true,
        };
        FilmArguments film = new();
        ModelOptions model = new();
        Command command = new("budget", "Give a number of tokens out to images, or to a film's frames, so that the worst or the mean error is least.") { images, tokens, goal, output, ladder };
        film.AddTo(command);
        model.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            int count = parsed.GetRequiredValue(tokens);
            UsageException.ThrowUnless(count >= 1, $"--tokens is {count}; at least 1 was expected.");
            string target = parsed.GetRequiredValue(output);
            UsageException.ThrowUnless(!File.Exists(target), $"--output '{target}' is a file; a folder was expected.");
            return RunAsync(parsed, model, film, parsed.GetRequiredValue(images), count, parsed.GetValue(goal), parsed.GetValue(ladder), new BudgetFolder(target), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, ModelOptions model, FilmArguments film, string[] names, int tokens, BudgetGoal goal, int[]? lengths, BudgetFolder folder, CancellationToken cancellationToken)
    {
        ModelChoice choice = model.Model(parsed);
        ImageTokenizerOptions running = model.Read(parsed, TokenizerParts.All);
        FrameSource frames = film.Read(parsed, names);
        string? inside = (frames.IsFilm ? names : ImageFiles.Find(names)).FirstOrDefault(folder.Holds);
        UsageException.ThrowUnless(inside is null, $"'{inside}' lies in the output folder, where it could be overwritten; choose another folder.");
        using ImageTokenizer tokenizer = choice.Load(running);
        IReadOnlyList<int> ladder = lengths is { Length: > 0 } ? lengths : CurveMeasurement.UsualLadder(tokenizer);
        List<MeasuredImage> measured = [];
        (long problems, BudgetPlan plan) = await Watching.RunAsync(parsed.InvocationConfiguration.Error, "measuring", () => frames.Count() ?? 0, async watching =>
        {
            long failed = 0;
            await foreach (Frame frame in frames.ReadAsync(tokenizer, cancellationToken))
            {
                if (frame.Image is null)
                {
                    failed++;
                    watching.Tell(frame.Name, frame.Problem);
                    continue;
                }

                measured.Add(CurveMeasurement.Measure(tokenizer, frame.Name, frame.Image, ladder, cancellationToken));
                watching.Advance();
            }

            UsageException.ThrowUnless(measured.Count > 0, "No image could be read.");
            return (failed, TokenBudget.Distribute([.. measured.Select(image => image.Curve)], tokens, goal));
        });
        string modelId = TokenFileSettings.ModelOf(tokenizer.Manifest);
        TokenLine[] lines = [.. measured.Zip(plan.Images, (image, planned) => new TokenLine(planned.Name, image.At(planned), null, modelId, 0))];
        folder.Write(plan, [.. measured.Select(image => image.Curve)], modelId, lines);
        Print(parsed.InvocationConfiguration.Output, plan, folder);
        return problems == 0 ? KarlCommand.Success : KarlCommand.Failure;
    }

    private static void Print(TextWriter writer, BudgetPlan plan, BudgetFolder folder)
    {
        writer.WriteLine("path\ttokens\terror");
        foreach (PlannedImage image in plan.Images)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{PlainText.OneLine(image.Name)}\t{image.Tokens}\t{image.Error:0.0000}"));
        }

        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.Spent} of {plan.Budget} tokens for {plan.Images.Length} images: worst error {plan.WorstError:0.0000} (evenly {plan.Even.Max(image => image.Error):0.0000}), mean {plan.MeanError:0.0000} (evenly {plan.Even.Average(image => image.Error):0.0000}) -> {folder.FullPath}"));
    }
}
