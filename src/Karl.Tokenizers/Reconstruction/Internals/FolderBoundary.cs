namespace Karl.Tokenizers.Reconstruction.Internals;

/// <summary>What lies in a folder, and what outside, also through symbolic links.</summary>
internal sealed class FolderBoundary(string folder)
{
    private readonly string _realPath = Path.TrimEndingDirectorySeparator(RealPath.Of(folder)) + Path.DirectorySeparatorChar;

    /// <summary>Whether a file, there or not, lies in the folder or a folder inside it.</summary>
    public bool Holds(string path) =>
        !string.IsNullOrEmpty(path) && !path.Contains('\0', StringComparison.Ordinal) && RealPath.Of(path).StartsWith(_realPath, StringComparison.OrdinalIgnoreCase);
}
