using System.CommandLine;
using Karl.Applications.Complexity;
using Karl.Cli.Internals;
using Karl.Tokenizers;

namespace Karl.Cli.Verbs;

/// <summary><c>karl complexity IMAGES --output FOLDER</c>: tokens that images need, and whether what is left of them is structure or noise.</summary>
internal static class ComplexityVerb
{
    private const int MostOnSheet = 10_000;

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        Argument<string[]> images = ImageArguments.Create("IMAGES", "Files, folders (with all in them) and patterns such as 'photos/**/*.jpg'.");
        Option<string> output = new("--output", "-o") { Description = "Folder for the report, tables, the sheet and charts; made if it is missing.", HelpName = "FOLDER", Required = true };
        Option<float?> epsilon = new("--epsilon") { Description = "The reconstruction error to aim at, mean absolute difference of pixels from 0 to 1; the model's default unless given.", HelpName = "E" };
        Option<int?> budget = new("--budget") { Description = "Most tokens that an image may take, and tokens of the full budget; the model's default unless given.", HelpName = "N" };
        Option<int?> small = new("--small-budget") { Description = "Tokens of the small budget that the full one is compared with; an eighth of that unless given.", HelpName = "N" };
        Option<FileInfo?> scores = new("--scores") { Description = "Scores that people gave: a CSV file with the columns path and score.", HelpName = "FILE.csv" };
        Option<int> sheet = new("--sheet") { Description = "How many images the sheet shows, evenly spread where there are more; 0 for no sheet.", HelpName = "N", DefaultValueFactory = _ => 96 };
        ModelOptions model = new();
        Command command = new("complexity", "Measure how many tokens images need, and whether what is left is structure or noise.") { images, output, epsilon, budget, small, scores, sheet };
        model.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            ComplexityOptions options = new() { Epsilon = parsed.GetValue(epsilon), Budget = parsed.GetValue(budget), SmallBudget = parsed.GetValue(small) };
            int onSheet = parsed.GetRequiredValue(sheet);
            UsageException.ThrowUnless(onSheet is >= 0 and <= MostOnSheet, $"--sheet is {onSheet}; 0 to {MostOnSheet} was expected.");
            UsageException.ThrowUnlessThere(parsed.GetValue(scores));
            return RunAsync(parsed, model, parsed.GetRequiredValue(images), options, parsed.GetRequiredValue(output), parsed.GetValue(scores), onSheet, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, ModelOptions model, string[] names, ComplexityOptions options, string outputPath, FileInfo? scores, int onSheet, CancellationToken cancellationToken)
    {
        ModelChoice choice = model.Model(parsed);
        ImageTokenizerOptions running = model.Read(parsed, TokenizerParts.All);
        UsageException.ThrowUnless(!File.Exists(outputPath), $"--output '{outputPath}' is a file; a folder was expected.");
        ImageArguments.RequireAny(names);
        ComplexityFolder folder = new(outputPath);
        ImageArguments.RequireOutside(names, folder.Holds);
        ComplexityScores? given = scores is null ? null : ComplexityScores.Read(scores.FullName);

        using ImageTokenizer tokenizer = choice.Load(running);
        ImageWatch images = new(names);
        ComplexityReport report = await images.RunAsync(
            parsed.InvocationConfiguration.Error,
            "measuring",
            (paths, progress) => ComplexityMeter.Measure(tokenizer, paths, options, choice.Name, progress, cancellationToken));
        ScoreAgreement? agreement = given is null ? null : report.AgreementWith(given);
        if (report.Images.Length > 0)
        {
            folder.Write(report, tokenizer, agreement, onSheet, cancellationToken);
        }

        parsed.InvocationConfiguration.Output.Write(agreement is null ? report.ToString() : File.ReadAllText(Path.Join(folder.FullPath, "report.md")));
        return images.Failed == 0 ? KarlCommand.Success : KarlCommand.Failure;
    }
}
