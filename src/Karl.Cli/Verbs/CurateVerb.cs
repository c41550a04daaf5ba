using System.CommandLine;
using Karl.Applications.Curation;
using Karl.Cli.Internals;
using Karl.Tokenizers;

namespace Karl.Cli.Verbs;

/// <summary><c>karl curate IMAGES --output FOLDER</c>: how complex a set is, what it holds more than once, and a balanced subset.</summary>
internal static class CurateVerb
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        CurationOptions usual = new();
        Argument<string[]> images = ImageArguments.Create("IMAGES", "Files, folders (with all in them) and patterns such as 'photos/**/*.jpg'. They are only read.");
        Option<string> output = new("--output", "-o") { Description = "Folder for the report (HTML), the table and the list of selected images; made if it is missing.", HelpName = "FOLDER", Required = true };
        Option<int?> size = new("--size") { Description = "Images of the subset, balanced over complexity; all that are no duplicates unless given.", HelpName = "N" };
        Option<int> seed = new("--seed") { Description = "Decides between images that would do as well.", HelpName = "N" };
        Option<float?> epsilon = new("--epsilon") { Description = "The reconstruction error at which tokens are counted; the model's default unless given.", HelpName = "E" };
        Option<int?> budget = new("--budget") { Description = "Most tokens of an image, and those that are compared; the model's default unless given.", HelpName = "N" };
        Option<int> buckets = new("--buckets") { Description = "Ranges of token counts that the set is divided into.", HelpName = "N", DefaultValueFactory = _ => usual.Buckets };
        Option<double> shared = new("--shared-tokens") { Description = "Least share of equal tokens of near duplicates.", HelpName = "SHARE", DefaultValueFactory = _ => usual.SharedTokens };
        Option<double> pixels = new("--pixel-difference") { Description = "Most mean absolute difference of their pixels, 0 to 1.", HelpName = "D", DefaultValueFactory = _ => usual.PixelDifference };
        ModelOptions model = new();
        Command command = new("curate", "Look through a set of images by complexity and redundancy, and choose a balanced subset.") { images, output, size, seed, epsilon, budget, buckets, shared, pixels };
        model.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            CurationOptions options = new()
            {
                Size = parsed.GetValue(size),
                Seed = parsed.GetValue(seed),
                Epsilon = parsed.GetValue(epsilon),
                Budget = parsed.GetValue(budget),
                Buckets = parsed.GetRequiredValue(buckets),
                SharedTokens = parsed.GetRequiredValue(shared),
                PixelDifference = parsed.GetRequiredValue(pixels),
            };
            UsageException.ThrowUnless(options.Size is null or >= 1, $"--size is {options.Size}; at least 1 image was expected.");
            return RunAsync(parsed, model, parsed.GetRequiredValue(images), options, parsed.GetRequiredValue(output), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, ModelOptions model, string[] names, CurationOptions options, string outputPath, CancellationToken cancellationToken)
    {
        ModelChoice choice = model.Model(parsed);
        ImageTokenizerOptions running = model.Read(parsed, TokenizerParts.Encoder);
        UsageException.ThrowUnless(!File.Exists(outputPath), $"--output '{outputPath}' is a file; a folder was expected.");
        ImageArguments.RequireAny(names);
        CurationFolder folder = new(outputPath);
        ImageArguments.RequireOutside(names, folder.Holds);
        using ImageTokenizer tokenizer = choice.Load(running);
        ImageWatch images = new(names);
        CurationReport report = await images.RunAsync(
            parsed.InvocationConfiguration.Error,
            "looking through",
            (paths, progress) => DatasetCurator.Curate(tokenizer, paths, options, choice.Name, progress, cancellationToken));
        if (report.Images.Length > 0)
        {
            folder.Write(report, tokenizer, cancellationToken);
        }

        parsed.InvocationConfiguration.Output.Write(report.ToString());
        return images.Failed == 0 ? KarlCommand.Success : KarlCommand.Failure;
    }
}
