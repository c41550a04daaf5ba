using System.CommandLine;
using Karl.Applications.Anomalies;
using Karl.Cli.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;

namespace Karl.Cli.Verbs;

/// <summary><c>karl anomaly score IMAGES --profile profile.json --output FOLDER</c>.</summary>
internal static class AnomalyScorePart
{
    private const int MostOnSheet = 10_000;

    /// <summary>The part with its options.</summary>
    public static Command Create()
    {
        Argument<string[]> images = ImageArguments.Create("IMAGES", "Images to be scored: files, folders (with all in them) and patterns. May be left out where --labels names some.");
        images.Arity = ArgumentArity.ZeroOrMore;
        Option<FileInfo> profile = new("--profile", "-p") { Description = "What normal images are like: a file of karl anomaly fit.", HelpName = "PROFILE.json", Required = true };
        Option<string> output = new("--output", "-o") { Description = "Folder for the report, scores, charts and a sheet of the strangest; made if it is missing.", HelpName = "FOLDER", Required = true };
        Option<string[]?> labels = new("--labels")
        {
            Description = "Images of which is known what they are, to see how well they are told apart: 'normal' and other kinds, each with a file, folder or pattern.",
            HelpName = "normal=IMAGES KIND=IMAGES ...",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<int> sheet = new("--sheet") { Description = "How many of the strangest the sheet shows; 0 for no sheet.", HelpName = "N", DefaultValueFactory = _ => 24 };
        Option<bool> noMaps = new("--no-token-maps") { Description = "Leave out of the sheet where tokens go, which takes a decoder run for each token." };
        ModelOptions model = new();
        Command command = new("score", "Tell how strange images are, and call those anomalous that are too strange.") { images, profile, output, labels, sheet, noMaps };
        model.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            UsageException.ThrowUnlessThere(parsed.GetRequiredValue(profile));
            int onSheet = parsed.GetRequiredValue(sheet);
            UsageException.ThrowUnless(onSheet is >= 0 and <= MostOnSheet, $"--sheet is {onSheet}; 0 to {MostOnSheet} was expected.");
            LabelledNames names = new(parsed.GetValue(images) ?? [], parsed.GetValue(labels) ?? []);
            return RunAsync(parsed, model, names, parsed.GetRequiredValue(profile), parsed.GetRequiredValue(output), (onSheet, !parsed.GetValue(noMaps)), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, ModelOptions model, LabelledNames names, FileInfo profilePath, string outputPath, (int Images, bool TokenMaps) sheet, CancellationToken cancellationToken)
    {
        ModelChoice choice = model.Model(parsed);
        ImageTokenizerOptions running = model.Read(parsed, TokenizerParts.All);
        UsageException.ThrowUnless(!File.Exists(outputPath), $"--output '{outputPath}' is a file; a folder was expected.");
        ImageArguments.RequireAny(names.All);
        AnomalyFolder folder = new(outputPath);
        ImageArguments.RequireOutside(names.All, folder.Holds);
        AnomalyProfile profile = AnomalyProfile.Read(profilePath.FullName);

        using ImageTokenizer tokenizer = choice.Load(running);
        profile.RequireModel(tokenizer, choice.Name);
        ImageWatch images = new(names.All);
        AnomalyReport report = await images.RunAsync(
            parsed.InvocationConfiguration.Error,
            "scoring",
            (paths, progress) => AnomalyReport.Score(profile, tokenizer, names.Label(paths), choice.Name, progress, cancellationToken));
        if (report.Images.Length > 0)
        {
            await Watching.RunAsync(
                parsed.InvocationConfiguration.Error,
                "drawing the strangest",
                () => Math.Min(sheet.Images, report.Images.Length),
                watching => Task.Run(
                    () =>
                    {
                        folder.Write(report, tokenizer, sheet.Images, sheet.TokenMaps, watching.Advance, cancellationToken);
                        return true;
                    },
                    CancellationToken.None));
        }

        parsed.InvocationConfiguration.Output.Write(report.ToString());
        return images.Failed == 0 ? KarlCommand.Success : KarlCommand.Failure;
    }

    /// <summary>Names of images, some with labels.</summary>
    private sealed class LabelledNames
    {
        private readonly (string Label, string Name)[] _labelled;

        public LabelledNames(string[] others, string[] labels)
        {
            _labelled = [.. labels.Select(Parse)];
            UsageException.ThrowUnless(others.Length + labels.Length > 0, "There is neither an image nor a label; name what is to be scored.");
            UsageException.ThrowUnless(
                labels.Length == 0 || (_labelled.Any(IsNormal) && !_labelled.All(IsNormal)),
                $"--labels has {(_labelled.Any(IsNormal) ? "only" : "no")} images that are normal; '{AnomalyReport.NormalLabel}=IMAGES' and at least one other kind were expected.");
            All = [.. _labelled.Select(pair => pair.Name), .. others];
        }

        public string[] All { get; }

        /// <summary>The label of each file that was found, or null; the first name that gives a file decides.</summary>
        public IEnumerable<(string Path, string? Label)> Label(IEnumerable<string> paths)
        {
            Dictionary<string, string> labels = new(StringComparer.Ordinal);
            foreach ((string label, string name) in _labelled)
            {
                foreach (string path in ImageFiles.Find([name]))
                {
                    labels.TryAdd(Path.GetFullPath(path), label);
                }
            }

            return paths.Select(path => (path, labels.GetValueOrDefault(Path.GetFullPath(path))));
        }

        private static bool IsNormal((string Label, string Name) pair) => pair.Label == AnomalyReport.NormalLabel;

        private static (string Label, string Name) Parse(string text)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            UsageException.ThrowUnless(equals > 0 && equals < text.Length - 1, $"--labels has '{text}'; a kind, an equals sign and images were expected, such as normal=photos.");
            return (text[..equals], text[(equals + 1)..]);
        }
    }
}
