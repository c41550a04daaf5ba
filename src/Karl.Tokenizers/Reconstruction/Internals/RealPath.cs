namespace Karl.Tokenizers.Reconstruction.Internals;

/// <summary>Where a path leads when its symbolic links are followed.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>The full path without links; parts that are not there stay as they are.</summary>
    public static string Of(string path) => Of(Path.GetFullPath(path), MostLinks);

    private static string Of(string path, int links)
    {
        string? parent = Path.GetDirectoryName(path);
        if (string.IsNullOrEmpty(parent))
        {
            return path;
        }

        string inside = Path.Join(Of(parent, links), Path.GetFileName(path));
        string? target = new FileInfo(inside).LinkTarget;
        return target is null || links == 0 ? inside : Of(Path.GetFullPath(target, Path.GetDirectoryName(inside)!), links - 1);
    }
}
