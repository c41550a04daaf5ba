using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Karl.Applications.Video;
using Karl.Tokenizers;
using Karl.Tokenizers.TokenFiles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Cli.Internals;

/// <summary>What <c>karl tokenize</c> does with a film: tokens of frames over time.</summary>
internal sealed class FilmTokenizing
{
    private readonly FilmArguments _film = new();

    private readonly Option<bool> _asFilm = new("--film") { Description = "Take the images as the frames of one film, in the order of their names." };

    private readonly Option<double?> _skip = new("--skip-error")
    {
        Description = "Of a film, give a frame no tokens where what the last kept frame's decode to is at most so far away from it, mean absolute difference of pixels from 0 to 1.",
        HelpName = "E",
    };

    private readonly Option<string?> _curve = new("--curve") { Description = "Of a film, a folder for tokens over time: curve.png and frames.csv; made if it is missing.", HelpName = "FOLDER" };

    /// <summary>Gives the verb these options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_asFilm);
        command.Add(_skip);
        command.Add(_curve);
        _film.AddTo(command);
    }

    /// <summary>Whether a film is meant.</summary>
    /// <exception cref="UsageException">Options for films are given, and none is.</exception>
    public bool IsMeant(ParseResult parsed, string[] names)
    {
        bool isMeant = parsed.GetValue(_asFilm) || names.Any(FrameSource.IsFilmName);
        UsageException.ThrowUnless(
            isMeant || (parsed.GetValue(_skip) is null && parsed.GetValue(_curve) is null && !_film.IsGiven(parsed)), "--skip-error, --curve, --fps and --most-frames are for a film: name one, or add --film to take the images as its frames.");
        return isMeant;
    }

    /// <summary>Does it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(ParseResult parsed, ModelOptions model, string[] names, TokenizeOptions options, string? outputPath, CancellationToken cancellationToken)
    {
        double? skip = parsed.GetValue(_skip);
        string? curve = parsed.GetValue(_curve);
        UsageException.ThrowUnless(skip is null || (skip >= 0 && double.IsFinite(skip.Value)), string.Create(CultureInfo.InvariantCulture, $"--skip-error is {skip}; a number of at least 0 was expected, such as 0.1."));
        UsageException.ThrowUnless(curve is null || !File.Exists(curve), $"--curve '{curve}' is a file; a folder was expected.");
        RequireOutput(names, outputPath);
        ModelChoice choice = model.Model(parsed);
        ImageTokenizerOptions running = model.Read(parsed, skip is null ? TokenizerParts.Encoder : TokenizerParts.All);
        FrameSource frames = _film.Read(parsed, names);
        using ImageTokenizer tokenizer = choice.Load(running);
        TextWriter writer = parsed.InvocationConfiguration.Output;
        TokenFileSettings settings = TokenFileSettings.Of(tokenizer.Manifest, options);
        FilmReport report = new();
        string? partial = outputPath is null ? null : outputPath + ".partial";
        long start = Stopwatch.GetTimestamp();
        try
        {
            using (ITokenOutput output = Open(partial, writer, settings))
            {
                await Watching.RunAsync(parsed.InvocationConfiguration.Error, "tokenizing", () => frames.Count() ?? 0, async watching =>
                {
                    await foreach (FrameTokens frame in FilmTokenizer.TokenizeAsync(
                        tokenizer, frames.ReadAsync(tokenizer, cancellationToken), new FilmOptions { Tokenizing = options, SkipError = skip }, cancellationToken))
                    {
                        report.Add(frame);
                        watching.Tell(frame.Frame.Name, frame.Frame.Problem);
                        if (!frame.IsSkipped)
                        {
                            output.Append(new TokenLine(frame.Frame.Name, frame.Tokens, frame.Frame.Problem, frame.Tokens is null ? null : settings.Model, 0));
                        }
                    }

                    return report.Rows.Count;
                });
                output.Complete();
                (output as TableOutput)?.Print();
            }

            if (partial is not null)
            {
                File.Move(partial, outputPath!);
            }
        }
        finally
        {
            if (partial is not null)
            {
                File.Delete(partial);
            }
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (curve is not null)
        {
            report.Write(curve, PlainText.OneLine(Path.GetFileName(Path.TrimEndingDirectorySeparator(names[0]))));
        }

        if (outputPath is not null || curve is not null || Terminal.IsWatched(writer))
        {
            string where = string.Join(", ", new[] { outputPath, curve }.OfType<string>());
            TextWriter told = outputPath is null && !Terminal.IsWatched(writer) ? parsed.InvocationConfiguration.Error : writer;
            told.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report}; {report.Rows.Count / seconds:0.0} frames a second{(where.Length > 0 ? $" -> {where}" : string.Empty)}"));
        }

        return report.BrokenCount == 0 ? KarlCommand.Success : KarlCommand.Failure;
    }

    private static void RequireOutput(string[] names, string? path)
    {
        if (path is not null)
        {
            UsageException.ThrowUnless(
                Path.GetExtension(path).Equals(".jsonl", StringComparison.OrdinalIgnoreCase), $"--output '{path}' ends with '{Path.GetExtension(path)}'; of a film, .jsonl (lines) was expected.");
            UsageException.ThrowUnless(!File.Exists(path), $"--output '{path}' is there already; a film is tokenized in one go: choose another name.");
            ImageArguments.RequireFolderOf(path);
            ImageArguments.RequireOther(names, path);
        }
    }

    private static ITokenOutput Open(string? partial, TextWriter writer, TokenFileSettings settings)
    {
        if (partial is null)
        {
            return Terminal.IsWatched(writer) ? new TableOutput(writer) : new LineOutput(writer);
        }

        File.Delete(partial);
        return TokenLineFile.OpenOrCreate(partial, settings);
    }
}
