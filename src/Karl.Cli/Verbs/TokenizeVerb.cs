using System.CommandLine;
using System.Globalization;
using Karl.Cli.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.TokenFiles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Cli.Verbs;

/// <summary><c>karl tokenize</c>: images into token lines, or into arrays.</summary>
internal static class TokenizeVerb
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        Argument<string[]> images = ImageArguments.Create("IMAGES", "Files, folders (with all in them) and patterns such as 'photos/**/*.jpg'; or one film.");
        Option<string?> output = new("--output", "-o")
        {
            Description = "Where tokens go: .jsonl, one line an image, or .npz. Run again, it goes on where it was interrupted. Without it: lines in a pipe, a table on a terminal.",
            HelpName = "FILE.jsonl|FILE.npz",
        };
        ModelOptions model = new();
        TokenizingOptions tokenizing = new();
        FilmTokenizing film = new();
        Command command = new("tokenize", "Turn images into as many tokens as they need.") { images, output };
        model.AddTo(command);
        tokenizing.AddTo(command);
        film.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            string[] names = parsed.GetRequiredValue(images);
            TokenizeOptions options = tokenizing.Read(parsed);
            return film.IsMeant(parsed, names)
                ? film.RunAsync(parsed, model, names, options, parsed.GetValue(output), cancellationToken)
                : RunAsync(parsed, model, names, options, parsed.GetValue(output), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, ModelOptions model, string[] names, TokenizeOptions options, string? outputPath, CancellationToken cancellationToken)
    {
        TextWriter writer = parsed.InvocationConfiguration.Output;
        ModelChoice choice = model.Model(parsed);
        ImageTokenizerOptions running = model.Read(parsed, TokenizerParts.Encoder);
        ImageArguments.RequireAny(names);
        if (outputPath is not null)
        {
            RequireOutput(names, outputPath);
        }

        using ImageTokenizer tokenizer = choice.Load(running);
        using ITokenOutput output = Open(outputPath, writer, tokenizer, options);
        long unreadable = 0;
        TokenizingSummary summary = await Watching.RunAsync(
            parsed.InvocationConfiguration.Error,
            "tokenizing",
            () => ImageFiles.Find(names).LongCount(path => !output.Contains(path)),
            watching => tokenizer.EncodeFilesAsync(
                ImageFiles.Find(names, problem =>
                {
                    unreadable++;
                    watching.Say(problem);
                }),
                output,
                options,
                line => Report(line, watching),
                cancellationToken));
        (output as TableOutput)?.Print();
        if (outputPath is not null || Terminal.IsWatched(writer))
        {
            writer.WriteLine(Describe(summary, output, outputPath));
        }

        return summary.Failed + output.EarlierErrors + unreadable == 0 ? KarlCommand.Success : KarlCommand.Failure;
    }

    private static void RequireOutput(string[] names, string path)
    {
        if (!IsLines(path) && !IsArrays(path))
        {
            throw new UsageException($"--output '{path}' ends with '{Path.GetExtension(path)}'; .jsonl (lines) or .npz (arrays) was expected.");
        }

        ImageArguments.RequireFolderOf(path);
        ImageArguments.RequireOther(names, path);
    }

    private static ITokenOutput Open(string? path, TextWriter writer, ImageTokenizer tokenizer, TokenizeOptions options) => path switch
    {
        null => Terminal.IsWatched(writer) ? new TableOutput(writer) : new LineOutput(writer),
        _ when IsArrays(path) => TokenArrayFile.OpenOrCreate(path, tokenizer.Manifest, options),
        _ => TokenLineFile.OpenOrCreate(path, TokenFileSettings.Of(tokenizer.Manifest, options)),
    };

    private static void Report(TokenLine line, Watching watching)
    {
        watching.Advance();
        if (line.Error is not null)
        {
            watching.Say(line.Error.Contains(line.Path, StringComparison.Ordinal) ? line.Error : $"{line.Path}: {line.Error}");
        }
    }

    private static string Describe(TokenizingSummary summary, ITokenOutput output, string? path)
    {
        List<string> parts = [$"{summary.Tokenized} images tokenized"];
        if (summary.Tokenized > 0)
        {
            parts[0] += string.Create(
                CultureInfo.InvariantCulture, $", {summary.Tokens} tokens ({summary.TokensPerImage:0.0} an image), {summary.ImagesPerSecond:0.0} images a second");
        }

        if (summary.Skipped > 0)
        {
            parts.Add($"{summary.Skipped} were done before{(output.EarlierErrors > 0 ? $" ({output.EarlierErrors} of the file's could not be read then; delete their lines to try again)" : string.Empty)}");
        }

        if (summary.Failed > 0)
        {
            parts.Add($"{summary.Failed} could not be read");
        }

        return $"{string.Join("; ", parts)}{(path is null ? string.Empty : $" -> {path}")}";
    }

    private static bool IsLines(string path) => Path.GetExtension(path).Equals(".jsonl", StringComparison.OrdinalIgnoreCase);

    private static bool IsArrays(string path) => Path.GetExtension(path).Equals(".npz", StringComparison.OrdinalIgnoreCase);
}
