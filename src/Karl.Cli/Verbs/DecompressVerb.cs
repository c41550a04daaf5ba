using System.CommandLine;
using Karl.Applications.Compression;
using Karl.Cli.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Reconstruction;
using Karl.Tokenizers.TokenFiles;

namespace Karl.Cli.Verbs;

/// <summary><c>karl decompress FILES.kt -o FOLDER|FILE.jsonl</c>: archives of tokens back into images, or into token lines.</summary>
internal static class DecompressVerb
{
    private static readonly ReconstructionFolderOptions Usual = new();

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        Argument<string[]> files = ImageArguments.Create("FILES.kt", "Token archives, as karl compress writes them.");
        Option<string?> output = new("--output", "-o")
        {
            Description = "Folder for the images, as karl reconstruct fills it; or a token file, for which no model is needed. Without it, what is in the archives is listed.",
            HelpName = "FOLDER|FILE.jsonl",
        };
        Option<string[]?> only = new("--only") { Description = "Only images of these names, as the archive lists them.", HelpName = "NAME ...", AllowMultipleArgumentsPerToken = true };
        Option<string?> statistics = new("--statistics") { Description = "Statistics that the archives were written with (.kts); those beside the model and those that come along are known.", HelpName = "FILE.kts" };
        ModelOptions model = new();
        Command command = new("decompress", "Turn a file of entropy-coded tokens back into images.") { files, output, only, statistics };
        model.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            string[] paths = parsed.GetRequiredValue(files);
            ModelChoice choice = model.Model(parsed);
            string? known = parsed.GetValue(statistics), target = parsed.GetValue(output);
            string? missing = paths.Append(known).FirstOrDefault(path => path is not null && !File.Exists(path));
            UsageException.ThrowUnless(missing is null, $"There is no file '{missing}'.");
            TokenStatistics?[] given = [known is null ? null : TokenStatistics.Open(known), choice.Path is string path && File.Exists(TokenStatistics.BesideModel(path)) ? TokenStatistics.Open(TokenStatistics.BesideModel(path)) : null];
            List<TokenArchive> archives = [];
            return RunAsync();

            async Task<int> RunAsync()
            {
                try
                {
                    archives.AddRange(paths.Select(path => TokenArchive.Open(path, [.. given.OfType<TokenStatistics>()])));
                    (TokenArchive Archive, int Index)[] chosen = Choose(archives, parsed.GetValue(only));
                    return target is null ? List(parsed, archives)
                        : IsLines(target) ? await Task.Run(() => WriteLines(parsed, archives, chosen, paths, target, cancellationToken), CancellationToken.None)
                        : await ReconstructAsync(parsed, model, choice, archives, chosen, paths, target, cancellationToken);
                }
                finally
                {
                    archives.ForEach(archive => archive.Dispose());
                }
            }
        });
        return command;
    }

    private static (TokenArchive Archive, int Index)[] Choose(List<TokenArchive> archives, string[]? only)
    {
        IEnumerable<(TokenArchive Archive, int Index)> all = archives.SelectMany(archive => Enumerable.Range(0, archive.Entries.Count).Select(index => (archive, index)));
        if (only is not { Length: > 0 })
        {
            return [.. all];
        }

        HashSet<string> names = new(only, StringComparer.Ordinal);
        (TokenArchive Archive, int Index)[] chosen = [.. all.Where(one => names.Contains(one.Archive.Entries[one.Index].Name))];
        string[] found = [.. chosen.Select(one => one.Archive.Entries[one.Index].Name)];
        string? missing = only.FirstOrDefault(name => !found.Contains(name));
        UsageException.ThrowUnless(missing is null, $"There is no image '{missing}' in the archives; without --output they are listed.");
        return chosen;
    }

    private static int List(ParseResult parsed, List<TokenArchive> archives)
    {
        TextWriter writer = parsed.InvocationConfiguration.Output;
        foreach (TokenArchive archive in archives)
        {
            parsed.InvocationConfiguration.Error.WriteLine($"karl: {PlainText.OneLine(archive.ToString())}{(archive.Settings.Statistics is string id ? $", statistics {id}" : string.Empty)}");
            foreach (TokenArchiveEntry entry in archive.Entries)
            {
                writer.Write($"{PlainText.OneLine(entry.Name)}\t{entry.Bytes}\n");
            }
        }

        return KarlCommand.Success;
    }

    private static int WriteLines(
        ParseResult parsed, List<TokenArchive> archives, (TokenArchive Archive, int Index)[] chosen, string[] paths, string target, CancellationToken cancellationToken)
    {
        ImageArguments.RequireFolderOf(target);
        ImageArguments.RequireOther(paths, target);
        UsageException.ThrowUnless(!File.Exists(target), $"--output '{target}' is there already; choose another name.");
        TokenArchiveSettings first = archives[0].Settings;
        string partial = target + ".partial";
        File.Delete(partial);
        try
        {
            using (TokenLineFile file = TokenLineFile.OpenOrCreate(partial, new TokenFileSettings(first.Model, first.Epsilon, first.Budget)))
            {
                foreach (TokenLine line in chosen.Select(LineOf))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    file.Append(line);
                }
            }

            File.Move(partial, target);
        }
        finally
        {
            File.Delete(partial);
        }

        parsed.InvocationConfiguration.Output.WriteLine($"{chosen.Length} images -> {target}");
        return KarlCommand.Success;
    }

    private static async Task<int> ReconstructAsync(
        ParseResult parsed, ModelOptions model, ModelChoice choice, List<TokenArchive> archives, (TokenArchive Archive, int Index)[] chosen, string[] paths, string target, CancellationToken cancellationToken)
    {
        UsageException.ThrowUnless(!File.Exists(target), $"--output '{target}' is a file; a folder or FILE.jsonl was expected.");
        using ReconstructionFolder folder = new(target, Usual with { Title = choice.Name });
        string? inside = paths.Concat(chosen.Select(one => one.Archive.Entries[one.Index].Name)).FirstOrDefault(folder.Holds);
        UsageException.ThrowUnless(inside is null, $"'{inside}' lies in the output folder, where it could be overwritten; choose another folder.");
        using ImageTokenizer tokenizer = choice.Load(model.Read(parsed, TokenizerParts.Decoder));
        archives.ForEach(archive => archive.RequireModel(tokenizer));
        return await Reconstructing.RunAsync(parsed, tokenizer, folder, target, chosen.Length, _ => chosen.Select(LineOf).ToAsyncEnumerable(), cancellationToken);
    }

    private static TokenLine LineOf((TokenArchive Archive, int Index) one) =>
        new(one.Archive.Entries[one.Index].Name, one.Archive.Read(one.Index), null, one.Archive.Settings.Model, 0);

    private static bool IsLines(string path) => Path.GetExtension(path).Equals(".jsonl", StringComparison.OrdinalIgnoreCase) && !Directory.Exists(path);
}
