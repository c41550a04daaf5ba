using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Reconstruction;
using Karl.Tokenizers.TokenFiles;

namespace Karl.Cli.Internals;

/// <summary>Token files and images that a command line names, apart.</summary>
internal sealed class TokenArguments
{
    /// <summary>Sorts what was named.</summary>
    /// <exception cref="UsageException">Something is not there, or is neither; nothing was read yet.</exception>
    public TokenArguments(string[] names)
    {
        TokenFiles = [.. names.Where(IsTokenFile)];
        Images = [.. names.Where(name => !IsTokenFile(name))];
        string? missing = TokenFiles.FirstOrDefault(file => !File.Exists(file));
        UsageException.ThrowUnless(missing is null, $"Token file '{missing}' does not exist.");
        string? arrays = Images.FirstOrDefault(name => name.EndsWith(".npz", StringComparison.OrdinalIgnoreCase));
        UsageException.ThrowUnless(arrays is null, $"'{arrays}' holds arrays; images are reconstructed from token files (.jsonl): tokenize with --output FILE.jsonl.");
        if (Images.Length > 0)
        {
            ImageArguments.RequireAny(Images);
        }
    }

    /// <summary>Files that end with <c>.jsonl</c>.</summary>
    public string[] TokenFiles { get; }

    /// <summary>Image files, folders and patterns.</summary>
    public string[] Images { get; }

    /// <summary>Reads everything but the images once: whether all token files are sound and this model's, and no input is in danger.</summary>
    /// <returns>How many images there are.</returns>
    /// <exception cref="UsageException">An input lies where results go.</exception>
    /// <exception cref="KarlFormatException">A token file is damaged or another model's.</exception>
    public long Check(ImageTokenizer tokenizer, ReconstructionFolder folder)
    {
        long count = 0;
        foreach (TokenLine line in TokenFiles.SelectMany(TokenLineReader.Read))
        {
            tokenizer.RequireOwn(line);
            RequireOutside(line.Path, folder);
            count++;
        }

        foreach (string path in TokenFiles.Concat(ImageFiles.Find(Images)))
        {
            RequireOutside(path, folder);
            count++;
        }

        return count - TokenFiles.Length;
    }

    private static void RequireOutside(string path, ReconstructionFolder folder) =>
        UsageException.ThrowUnless(!folder.Holds(path), $"'{path}' lies in the output folder, where it could be overwritten; choose another folder.");

    private static bool IsTokenFile(string name) => name.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) && !Directory.Exists(name);
}
