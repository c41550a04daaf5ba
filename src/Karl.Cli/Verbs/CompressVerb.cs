using System.CommandLine;
using System.Globalization;
using Karl.Applications.Compression;
using Karl.Cli.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.TokenFiles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Cli.Verbs;

/// <summary><c>karl compress IMAGES -o FOLDER|FILE.kt</c>: images into an archive of entropy-coded tokens, beside JPEG and WebP of no more bytes.</summary>
internal static class CompressVerb
{
    private const string None = "none";

    /// <summary>Statistics are gathered around the epsilon that will be asked for.</summary>
    private static readonly float[] GatheredFactors = [0.8f, 1, 1.2f];

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        Argument<string[]> images = ImageArguments.Create("IMAGES", "Files, folders (with all in them) and patterns such as 'photos/**/*.jpg'.");
        Option<string?> output = new("--output", "-o") { Description = "The archive (.kt), or a folder for archive, report, table (CSV) and sheets (PNG).", HelpName = "FOLDER|FILE.kt" };
        Option<bool> plain = new("--no-comparison") { Description = "Only compress; do not decode and compare with JPEG and WebP, which takes far longer." };
        Option<string?> statistics = new("--statistics")
        {
            Description = "Statistics of the model's codes (.kts), or none; those beside the model, or those that come along, unless given. To read the archive, the same are needed.",
            HelpName = "FILE.kts|none",
        };
        Option<string?> gather = new("--write-statistics")
        {
            Description = "In place of an archive, gather statistics of these images' codes, at 0.8, 1 and 1.2 times the epsilon, and write them here.",
            HelpName = "FILE.kts",
        };
        Option<float> step = new("--step") { Description = "For continuous models: latents are stored as multiples of this, at most half of it away.", HelpName = "S", DefaultValueFactory = _ => 1f / 32 };
        Option<int> block = new("--block") { Description = "To read one image, at most so many are decoded, 1 to 1024. More is a little smaller.", HelpName = "N", DefaultValueFactory = _ => 256 };
        ModelOptions model = new();
        TokenizingOptions tokenizing = new();
        Command command = new("compress", "Turn images into a file of entropy-coded tokens.") { images, output, plain, statistics, gather, step, block };
        model.AddTo(command);
        tokenizing.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            string[] names = parsed.GetRequiredValue(images);
            ModelChoice choice = model.Model(parsed);
            TokenizeOptions options = tokenizing.Read(parsed);
            string? target = parsed.GetValue(output), gathered = parsed.GetValue(gather), known = parsed.GetValue(statistics);
            UsageException.ThrowUnless((target is null) != (gathered is null), "Either --output or --write-statistics is needed, and only one of them.");
            if (gathered is not null)
            {
                return GatherAsync(parsed, model, choice, names, options, gathered, cancellationToken);
            }

            float latentStep = parsed.GetRequiredValue(step);
            int imagesPerBlock = parsed.GetRequiredValue(block);
            UsageException.ThrowUnless(float.IsNormal(latentStep) && latentStep > 0, string.Create(CultureInfo.InvariantCulture, $"--step is {latentStep}; a number above 0 was expected."));
            UsageException.ThrowUnless(imagesPerBlock is >= 1 and <= 1024, $"--block is {imagesPerBlock}; 1 to 1024 was expected.");
            UsageException.ThrowUnless(known is null or None || File.Exists(known), $"There are no statistics '{known}'; karl compress IMAGES --write-statistics FILE.kts makes them.");
            CompressionOptions compression = new() { Tokenizing = options, Compare = !parsed.GetValue(plain) };
            return RunAsync(parsed, model, choice, names, compression, target!, known, (latentStep, imagesPerBlock), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, ModelOptions model, ModelChoice choice, string[] names, CompressionOptions options, string target, string? known, (float Step, int Images) form, CancellationToken cancellationToken)
    {
        ImageTokenizerOptions running = model.Read(parsed, options.Compare ? TokenizerParts.All : TokenizerParts.Encoder);
        ImageArguments.RequireAny(names);
        bool isFile = Path.GetExtension(target).Equals(".kt", StringComparison.OrdinalIgnoreCase) && !Directory.Exists(target);
        CompressionFolder? folder = isFile ? null : new CompressionFolder(target);
        if (folder is null)
        {
            ImageArguments.RequireFolderOf(target);
            ImageArguments.RequireOther(names, target);
        }
        else
        {
            UsageException.ThrowUnless(!File.Exists(target), $"--output '{target}' is a file that does not end with .kt; a folder or FILE.kt was expected.");
            string? inside = ImageFiles.Find(names).FirstOrDefault(folder.Holds);
            UsageException.ThrowUnless(inside is null, $"'{inside}' lies in the output folder, where it could be overwritten; choose another folder.");
        }

        using ImageTokenizer tokenizer = choice.Load(running);
        TokenArchiveSettings settings = TokenArchiveSettings.Of(tokenizer.Manifest, options.Tokenizing, choice.Name, form.Step) with { ImagesPerBlock = form.Images };
        TokenStatistics? statistics = known switch
        {
            None => null,
            null => tokenizer.Manifest.Quantized ? TokenStatistics.Find(settings.Model, choice.Path) : null,
            _ => TokenStatistics.Open(known),
        };
        using TokenArchiveWriter archive = TokenArchiveWriter.Create(folder?.ArchivePath ?? target, settings, statistics);
        long unreadable = 0;
        CompressionReport report = await Watching.RunAsync(
            parsed.InvocationConfiguration.Error,
            "compressing",
            () => ImageFiles.Find(names).LongCount(),
            watching => ImageCompressor.CompressAsync(
                tokenizer,
                ImageFiles.Find(names, problem =>
                {
                    unreadable++;
                    watching.Say(problem);
                }),
                archive,
                statistics,
                options,
                image => watching.Tell(image.Path, image.Problem),
                cancellationToken));
        if (report.Images.Length > 0)
        {
            archive.Complete();
            folder?.Write(report);
        }

        parsed.InvocationConfiguration.Output.Write(report.ToString());
        return report.BrokenCount + unreadable == 0 ? KarlCommand.Success : KarlCommand.Failure;
    }

    private static async Task<int> GatherAsync(
        ParseResult parsed, ModelOptions model, ModelChoice choice, string[] names, TokenizeOptions options, string path, CancellationToken cancellationToken)
    {
        ImageTokenizerOptions running = model.Read(parsed, TokenizerParts.Encoder);
        ImageArguments.RequireAny(names);
        ImageArguments.RequireFolderOf(path);
        ImageArguments.RequireOther(names, path);
        using ImageTokenizer tokenizer = choice.Load(running);
        TokenStatistics statistics = new(tokenizer.Manifest);
        float epsilon = TokenFileSettings.Of(tokenizer.Manifest, options).Epsilon;
        long problems = await Watching.RunAsync(parsed.InvocationConfiguration.Error, "counting codes", () => GatheredFactors.Length * ImageFiles.Find(names).LongCount(), async watching =>
        {
            long failed = 0;
            foreach (float factor in GatheredFactors)
            {
                await foreach (TokenizedImage image in tokenizer.EncodeFilesAsync(ImageFiles.Find(names), options with { Epsilon = epsilon * factor }, cancellationToken))
                {
                    failed += image.Tokens is null ? 1 : 0;
                    watching.Tell(image.Path, factor == 1 ? image.Error?.Message : null);
                    if (image.Tokens is not null)
                    {
                        statistics.Add(image.Tokens);
                    }
                }
            }

            return failed;
        });
        statistics.Write(path);
        parsed.InvocationConfiguration.Output.WriteLine($"{statistics.Images / GatheredFactors.Length} images counted -> {path} ({new FileInfo(path).Length} bytes, statistics {statistics.Id} of model {statistics.Model})");
        return problems == 0 ? KarlCommand.Success : KarlCommand.Failure;
    }
}
