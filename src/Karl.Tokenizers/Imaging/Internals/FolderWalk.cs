using System.IO.Enumeration;

namespace Karl.Tokenizers.Imaging.Internals;

/// <summary>Walks through folders in the order of names, one listing at a time.</summary>
/// <param name="report">Receives a line for each folder that cannot be read.</param>
internal sealed class FolderWalk(Action<string> report)
{
    private const string AnyFolders = "**";
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };
    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>All files in a folder and the folders in it.</summary>
    public IEnumerable<string> Files(string folder) => Walk(folder, List(folder), [AnyFolders, "*"]);

    /// <summary>All files that match a pattern, whose first parts may be plain names.</summary>
    public IEnumerable<string> Matches(string pattern)
    {
        string root = Path.GetPathRoot(pattern) ?? string.Empty;
        string[] parts = pattern[root.Length..].Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        int plain = Array.FindIndex(parts, part => part.AsSpan().IndexOfAny('*', '?') >= 0);
        string folder = plain == 0 ? root : Path.Join(root, Path.Join(parts[..plain]));
        string[] rest = parts[^1] == AnyFolders ? [.. parts[plain..], "*"] : parts[plain..];
        string listed = folder.Length == 0 ? "." : folder;
        return Directory.Exists(listed) ? Walk(folder, List(listed), rest) : [];
    }

    private IEnumerable<string> Walk(string folder, Entry[] entries, string[] pattern)
    {
        if (pattern[0] == AnyFolders)
        {
            foreach (string file in Walk(folder, entries, pattern[1..]))
            {
                yield return file;
            }
        }

        foreach (Entry entry in entries)
        {
            string path = Path.Join(folder, entry.Name);
            string[]? deeper = null;
            if (pattern.Length == 1)
            {
                if (!entry.IsFolder && IsMatch(pattern[0], entry))
                {
                    yield return path;
                }
            }
            else if (entry.IsFolder && pattern[0] == AnyFolders)
            {
                deeper = entry.IsHidden || entry.IsLink ? null : pattern;
            }
            else if (entry.IsFolder && IsMatch(pattern[0], entry))
            {
                deeper = pattern[1..];
            }

            foreach (string file in deeper is null ? [] : Walk(path, List(path), deeper))
            {
                yield return file;
            }
        }
    }

    private Entry[] List(string folder)
    {
        try
        {
            return
            [
                .. new FileSystemEnumerable<Entry>(folder, Entry.From, Everything).OrderBy(entry => entry.IsFolder).ThenBy(entry => entry.Name, StringComparer.Ordinal),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            report($"Folder '{folder}' cannot be read: {exception.Message}");
            return [];
        }
    }

    private static bool IsMatch(string pattern, Entry entry) =>
        (!entry.IsHidden || pattern[0] == '.') && FileSystemName.MatchesSimpleExpression(pattern, entry.Name, ignoreCase: true);

    private readonly record struct Entry(string Name, bool IsFolder, bool IsLink)
    {
        public bool IsHidden => Name[0] == '.';

        public static Entry From(ref FileSystemEntry entry) =>
            new(entry.FileName.ToString(), entry.IsDirectory, entry.Attributes.HasFlag(FileAttributes.ReparsePoint));
    }
}
