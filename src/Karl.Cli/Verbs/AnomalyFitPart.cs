using System.CommandLine;
using System.Globalization;
using Karl.Applications.Anomalies;
using Karl.Cli.Internals;
using Karl.Tokenizers;

namespace Karl.Cli.Verbs;

/// <summary><c>karl anomaly fit NORMAL --output profile.json</c>.</summary>
internal static class AnomalyFitPart
{
    /// <summary>The part with its options.</summary>
    public static Command Create()
    {
        Argument<string[]> images = ImageArguments.Create("NORMAL", "Normal images: files, folders (with all in them) and patterns.");
        Option<string> output = new("--output", "-o") { Description = "Where the profile goes.", HelpName = "PROFILE.json", Required = true };
        Option<double> alarms = new("--false-alarms") { Description = "The share of normal images that may be called anomalous.", HelpName = "SHARE", DefaultValueFactory = _ => new AnomalyOptions().FalseAlarms };
        Option<float[]?> epsilons = new("--epsilons")
        {
            Description = "Reconstruction errors at which the tokens that an image asks for are counted; the model's default unless given.",
            HelpName = "E ...",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<int?> budget = new("--budget") { Description = "Most tokens that an image may take; the model's default unless given.", HelpName = "N" };
        Option<int> seed = new("--seed") { Description = "Decides which normal images are fitted to and which are held out.", HelpName = "N" };
        ModelOptions model = new();
        Command command = new("fit", "Learn what normal images are like.") { images, output, alarms, epsilons, budget, seed };
        model.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            AnomalyOptions options = new()
            {
                FalseAlarms = parsed.GetRequiredValue(alarms),
                Epsilons = parsed.GetValue(epsilons) is { Length: > 0 } some ? [.. some] : null,
                Budget = parsed.GetValue(budget),
                Seed = parsed.GetValue(seed),
            };
            UsageException.ThrowUnless(
                options.FalseAlarms is > 0 and <= 0.5, string.Create(CultureInfo.InvariantCulture, $"--false-alarms is {options.FalseAlarms}; a share above 0 and at most 0.5 was expected."));
            return RunAsync(parsed, model, parsed.GetRequiredValue(images), options, parsed.GetRequiredValue(output), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, ModelOptions model, string[] names, AnomalyOptions options, string outputPath, CancellationToken cancellationToken)
    {
        ModelChoice choice = model.Model(parsed);
        ImageTokenizerOptions running = model.Read(parsed, TokenizerParts.All);
        ImageArguments.RequireFolderOf(outputPath);
        ImageArguments.RequireOther(names, outputPath);
        ImageArguments.RequireAny(names);
        using ImageTokenizer tokenizer = choice.Load(running);
        ImageWatch images = new(names);
        AnomalyProfile profile = await images.RunAsync(
            parsed.InvocationConfiguration.Error,
            "fitting",
            (paths, progress) => AnomalyFitter.Fit(tokenizer, paths, options, choice.Name, progress, cancellationToken));
        profile.Write(outputPath);
        parsed.InvocationConfiguration.Output.WriteLine($"{profile} -> {outputPath}");
        return images.Failed == 0 ? KarlCommand.Success : KarlCommand.Failure;
    }
}
