using System.Collections.Immutable;
using System.CommandLine;
using Karl.Applications.Complexity;
using Karl.Cli.Internals;
using Karl.Experiments;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Training.Runs;

namespace Karl.Cli.Verbs;

/// <summary><c>karl experiment NAME IMAGES --models MODELS -o FOLDER</c>: an experiment of the papers on any images and any models, as table, CSV and plot.</summary>
internal static class ExperimentVerb
{
    private static readonly string[] Names = ["fixed", "variable", "violations", "noise", "agreement", "probe", "scaling"];

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        Argument<string> name = new("NAME") { Description = $"{string.Join(", ", Names)}: see docs/experiments.md." };
        name.AcceptOnlyFromAmong(Names);
        Argument<string[]> images = ImageArguments.Create("IMAGES", "Files, folders (with all in them) and patterns; for probe a folder with a folder for each label.");
        Option<string> output = new("--output", "-o") { Description = "Folder for NAME.md, NAME.csv and NAME.png; made if it is missing.", HelpName = "FOLDER", Required = true };
        Option<string[]> models = new("--models", "-m") { Description = $"Model bundles (.karl) to compare, or names of those that come with karl: {string.Join(", ", IncludedModel.All.Select(known => known.Name))}.", HelpName = "MODEL ...", AllowMultipleArgumentsPerToken = true };
        Option<int[]?> budgets = new("--budgets") { Description = "Numbers of tokens, for fixed, probe and scaling; the model's usual ones unless given.", HelpName = "N ...", AllowMultipleArgumentsPerToken = true };
        Option<float[]?> epsilons = new("--epsilons") { Description = "Errors to ask for, for all but fixed and probe; the model's usual ones unless given.", HelpName = "E ...", AllowMultipleArgumentsPerToken = true };
        Option<FileInfo?> scores = new("--scores") { Description = "For agreement: what people say, a CSV file with the columns path, score and, where there are any, category.", HelpName = "FILE.csv" };
        Option<string[]> train = new("--train") { Description = "For scaling: images to train on.", HelpName = "IMAGES", AllowMultipleArgumentsPerToken = true };
        Option<string> preset = new("--preset") { Description = "For scaling: the training preset that is varied.", HelpName = "NAME", DefaultValueFactory = _ => "small-64" };
        preset.AcceptOnlyFromAmong([.. TrainingPreset.All.Select(known => known.Name)]);
        Option<string?> baseTokenizer = new("--base") { Description = "For scaling: take the base tokenizer of another run for all models, as karl train does; trained with the first model unless given.", HelpName = "RUN" };
        Option<int?> steps = new("--steps") { Description = "For scaling: steps of the longest phase of a model's training, the others in proportion; the preset's unless given.", HelpName = "N" };
        Option<int> seed = new("--seed") { Description = "Where all chance comes from.", HelpName = "N", DefaultValueFactory = _ => 1 };
        ModelOptions running = new();
        MetricOptions metrics = new();
        Command command = new("experiment", "Repeat an experiment of the papers on your images and models.") { name, images, output, models, budgets, epsilons, scores, train, preset, baseTokenizer, steps, seed };
        metrics.AddTo(command);
        running.AddRunningTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string wanted = parsed.GetRequiredValue(name), folder = parsed.GetRequiredValue(output);
            string[] named = parsed.GetRequiredValue(images), trainedOn = parsed.GetValue(train) ?? [];
            UsageException.ThrowUnless(!File.Exists(folder), $"--output '{folder}' is a file; a folder was expected.");
            UsageException.ThrowUnless(wanted == "agreement" == parsed.GetValue(scores) is not null, "--scores FILE.csv goes with agreement: what people say of the images.");
            UsageException.ThrowUnless(wanted == "scaling" == trainedOn.Length > 0, "--train IMAGES goes with scaling, which trains models of its own.");
            UsageException.ThrowUnlessThere(parsed.GetValue(scores));
            ImageArguments.RequireAny(named);
            UsageException.ThrowUnless(wanted == "scaling" || parsed.GetValue(baseTokenizer) is null, "--base goes with scaling, which trains models of its own.");
            if (trainedOn.Length > 0)
            {
                UsageException.ThrowUnless(parsed.GetResult(models) is null or { Implicit: true }, "--models is not for scaling, which trains models of its own.");
                ImageArguments.RequireAny(trainedOn);
            }

            string? inside = ImageFiles.Find(named).FirstOrDefault(path => ExperimentResult.LiesIn(folder, path));
            UsageException.ThrowUnless(inside is null, $"'{inside}' lies in the output folder, where it could be overwritten; choose another folder.");
            ImageTokenizerOptions how = running.Read(parsed, TokenizerParts.All);
            ImmutableArray<ExperimentModel> all = Models(parsed.GetValue(models) is { Length: > 0 } some ? some : [IncludedModel.Default.Name], how);
            using LoadedMetrics loaded = metrics.Load(parsed, how.Threads);
            ExperimentOptions options = new()
            {
                Models = all,
                Images = ImageFiles.Find(named),
                Budgets = parsed.GetValue(budgets) is { Length: > 0 } tokens ? [.. tokens] : null,
                Epsilons = parsed.GetValue(epsilons) is { Length: > 0 } errors ? [.. errors] : null,
                Metrics = loaded.All,
                Seed = parsed.GetRequiredValue(seed),
            };
            int unreadable = 0;
            long count = ImageFiles.Find(named, problem =>
            {
                unreadable++;
                parsed.InvocationConfiguration.Error.WriteLine($"karl: {PlainText.OneLine(problem)}");
            }).LongCount();
            ExperimentResult result = await Watching.RunAsync(
                parsed.InvocationConfiguration.Error,
                wanted,
                () => count * (wanted == "scaling" ? ScalingExperiment.ModelCount : all.Length),
                watching => Task.Run(
                    () => Run(wanted, options with { Progress = watching.Advance, Report = watching.Say }, folder, parsed.GetValue(scores), Scaling, how, watching, cancellationToken), CancellationToken.None));
            result.Write(folder);
            parsed.InvocationConfiguration.Output.Write(result.ToString());
            return result.Broken + unreadable == 0 ? KarlCommand.Success : KarlCommand.Failure;

            ScalingOptions Scaling() => new()
            {
                Data = trainedOn,
                Folder = Path.Join(folder, "models"),
                Preset = TrainingPreset.Get(parsed.GetRequiredValue(preset)),
                Base = parsed.GetValue(baseTokenizer),
                Steps = parsed.GetValue(steps),
                Seed = parsed.GetRequiredValue(seed),
                Threads = how.Threads,
            };
        });
        return command;
    }

    private static ExperimentResult Run(
        string name, ExperimentOptions options, string folder, FileInfo? scores, Func<ScalingOptions> scaling, ImageTokenizerOptions how, Watching watching, CancellationToken cancellationToken)
    {
        TrainingLines lines = new();
        return name switch
        {
            "fixed" => TokenCountExperiments.Fixed(options, cancellationToken),
            "variable" => TokenCountExperiments.Variable(options, cancellationToken),
            "violations" => TokenCountExperiments.Violations(options, cancellationToken),
            "noise" => NoiseExperiment.Run(options, Path.Join(folder, "images"), cancellationToken),
            "agreement" => AgreementExperiment.Run(options, ComplexityScores.Read(scores!.FullName), cancellationToken),
            "probe" => ProbeExperiment.Run(options, cancellationToken),
            _ => ScalingExperiment.Run(options, scaling() with { Progress = Told }, path => ImageTokenizer.Load(path, how), cancellationToken),
        };

        void Told(string model, TrainingProgress progress)
        {
            watching.Show(progress.Step == progress.Steps ? name : $"{model}: {progress.Phase} {progress.Step}/{progress.Steps}");
            if (watching.HasBar ? progress.Step == progress.Steps : lines.IsDue(progress))
            {
                watching.Say($"{model}: {TrainingLines.Of(progress)}");
            }
        }
    }

    /// <summary>The models by the names of their files, with a number behind one that is there already.</summary>
    private static ImmutableArray<ExperimentModel> Models(string[] paths, ImageTokenizerOptions how)
    {
        ModelChoice[] choices = [.. paths.Distinct().Select(path => new ModelChoice(path))];
        string? missing = choices.FirstOrDefault(choice => !choice.Exists)?.Path;
        UsageException.ThrowUnless(missing is null, $"There is no model '{missing}'; a .karl file, or one of {string.Join(", ", IncludedModel.All.Select(known => known.Name))}, was expected.");
        HashSet<string> names = new(StringComparer.Ordinal);
        ImmutableArray<ExperimentModel>.Builder all = ImmutableArray.CreateBuilder<ExperimentModel>();
        foreach (ModelChoice choice in choices)
        {
            string name = choice.Name;
            for (int number = 2; !names.Add(name); number++)
            {
                name = $"{choice.Name} ({number})";
            }

            all.Add(new ExperimentModel(name, () => choice.Load(how)));
        }

        return all.ToImmutable();
    }
}
