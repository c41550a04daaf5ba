using System.CommandLine;
using Karl.Cli.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Reconstruction;
using Karl.Tokenizers.TokenFiles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Cli.Verbs;

/// <summary><c>karl reconstruct</c>: tokens, or images by way of their tokens, back into images, with a comparison.</summary>
internal static class ReconstructVerb
{
    private const int MostOnSheets = 10_000;

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        Argument<string[]> inputs = ImageArguments.Create("INPUTS", "Token files (.jsonl), or images: files, folders and patterns.");
        Option<string> output = new("--output", "-o")
        {
            Description = "Folder for the images, sheets of them beside their originals, and results.csv; made if it is missing.",
            HelpName = "FOLDER",
            Required = true,
        };
        Option<int> sheet = new("--sheet")
        {
            Description = "How many images are shown on sheets, the first ones, 12 a sheet; 0 for no sheet.",
            HelpName = "N",
            DefaultValueFactory = _ => new ReconstructionFolderOptions().SheetImages,
        };
        ModelOptions model = new();
        TokenizingOptions tokenizing = new();
        Command command = new("reconstruct", "Turn tokens back into images and compare them with the originals.") { inputs, output, sheet };
        model.AddTo(command);
        tokenizing.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            int onSheets = parsed.GetRequiredValue(sheet);
            UsageException.ThrowUnless(onSheets is >= 0 and <= MostOnSheets, $"--sheet is {onSheets}; 0 to {MostOnSheets} was expected.");
            ModelChoice choice = model.Model(parsed);
            string folderPath = parsed.GetRequiredValue(output);
            UsageException.ThrowUnless(!File.Exists(folderPath), $"--output '{folderPath}' is a file; a folder was expected.");
            TokenizeOptions options = tokenizing.Read(parsed);
            TokenArguments arguments = new(parsed.GetRequiredValue(inputs));
            UsageException.ThrowUnless(
                arguments.Images.Length > 0 || !tokenizing.IsGiven(parsed), "--epsilon, --budget, --tokens and what else says how to tokenize are for images; token files have theirs already. Leave them out, or name images.");
            ReconstructionFolderOptions folder = new() { SheetImages = onSheets, Title = choice.Name };
            ImageTokenizerOptions running = model.Read(parsed, arguments.Images.Length > 0 ? TokenizerParts.All : TokenizerParts.Decoder);
            return RunAsync(parsed, arguments, choice, running, options, new ReconstructionFolder(folderPath, folder), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, TokenArguments arguments, ModelChoice choice, ImageTokenizerOptions running, TokenizeOptions options, ReconstructionFolder folder, CancellationToken cancellationToken)
    {
        using ReconstructionFolder output = folder;
        using ImageTokenizer tokenizer = choice.Load(running);
        long count = arguments.Check(tokenizer, output);
        return await Reconstructing.RunAsync(
            parsed, tokenizer, output, parsed.GetRequiredValue<string>("--output"), count, report => Lines(arguments, tokenizer, output, options, report), cancellationToken);
    }

    private static IAsyncEnumerable<TokenLine> Lines(TokenArguments arguments, ImageTokenizer tokenizer, ReconstructionFolder output, TokenizeOptions options, Action<string> report)
    {
        IAsyncEnumerable<TokenLine> stored = arguments.TokenFiles.SelectMany(TokenLineReader.Read).ToAsyncEnumerable();
        if (arguments.Images.Length == 0)
        {
            return stored;
        }

        // A folder inside one of the inputs fills with results meanwhile; they are no inputs.
        IEnumerable<string> images = ImageFiles.Find(arguments.Images, report).Where(path => !output.Holds(path));
        TokenFileSettings settings = TokenFileSettings.Of(tokenizer.Manifest, options);
        return stored.Concat(tokenizer.EncodeFilesAsync(images, options).Select(image => TokenLine.From(image, settings)));
    }
}
