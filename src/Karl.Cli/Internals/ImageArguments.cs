using System.CommandLine;
using System.CommandLine.Parsing;
using Karl.Tokenizers.Imaging;

namespace Karl.Cli.Internals;

/// <summary>The images that a command line names.</summary>
internal static class ImageArguments
{
    /// <summary>The argument for images; what looks like an option and is no file is refused.</summary>
    public static Argument<string[]> Create(string name, string description)
    {
        Argument<string[]> argument = new(name) { Description = description, Arity = ArgumentArity.OneOrMore };
        argument.Validators.Add(result =>
        {
            foreach (Token token in result.Tokens.Where(token => token.Value.StartsWith('-') && !Path.Exists(token.Value)))
            {
                result.AddError($"'{token.Value}' is neither an option nor a file.");
            }
        });
        return argument;
    }

    /// <summary>Makes sure that at least one image is there before anything is begun.</summary>
    /// <exception cref="UsageException">None is; says why for each name.</exception>
    public static void RequireAny(IReadOnlyList<string> names)
    {
        List<string> problems = [];
        if (ImageFiles.Find(names, problems.Add).Any(File.Exists))
        {
            return;
        }

        problems.AddRange(names.Where(name => !Path.Exists(name) && !ImageFiles.IsPattern(name)).Select(name => $"'{name}' does not exist."));
        throw new UsageException($"No image was found. {string.Join(" ", problems.Take(5))}{(problems.Count > 5 ? " And so on." : string.Empty)}");
    }

    /// <summary>Makes sure that no image lies where results go.</summary>
    /// <exception cref="UsageException">One does.</exception>
    public static void RequireOutside(IReadOnlyList<string> names, Func<string, bool> isInside)
    {
        string? inside = ImageFiles.Find(names).FirstOrDefault(isInside);
        UsageException.ThrowUnless(inside is null, $"'{inside}' lies in the output folder, where it could be overwritten; choose another folder.");
    }

    /// <summary>Makes sure that a file to be written is none of those that are named.</summary>
    /// <exception cref="UsageException">It is.</exception>
    public static void RequireOther(IReadOnlyList<string> names, string output)
    {
        string? same = names.FirstOrDefault(name => string.Equals(Path.GetFullPath(name), Path.GetFullPath(output), StringComparison.OrdinalIgnoreCase));
        if (same is not null)
        {
            throw new UsageException($"'{same}' is both an input and the output; choose another output.");
        }
    }

    /// <summary>Makes sure that the folder of a file to be written is there.</summary>
    /// <exception cref="UsageException">It is not.</exception>
    public static void RequireFolderOf(string output)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(output)) ?? output;
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"The folder '{folder}' of the output does not exist; make it first.");
        }

        if (Directory.Exists(output))
        {
            throw new UsageException($"The output '{output}' is a folder; a file was expected.");
        }
    }
}
