namespace Karl.Testing;

/// <summary>Recordings and photos that are too large for the repository; tests that want them are inconclusive where they are absent.</summary>
public static class SharedFiles
{
    /// <summary>The folder: environment variable <c>KARL_SHARED</c>, else a folder <c>shared</c> beside the repository, else null.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>The full path of a file or folder in there; ends the test as inconclusive if it is absent.</summary>
    public static string Require(params string[] names)
    {
        string relative = Path.Combine(names);
        string? path = Folder is null ? null : Path.Combine(Folder, relative);
        if (path is null || !Path.Exists(path))
        {
            Assert.Inconclusive($"The recordings' {relative} is absent: set KARL_SHARED to the folder that holds it, or put that folder beside the repository under the name 'shared'.");
        }

        return path!;
    }

    private static string? Find()
    {
        string? named = Environment.GetEnvironmentVariable("KARL_SHARED");
        if (!string.IsNullOrEmpty(named))
        {
            return Directory.Exists(named) ? Path.GetFullPath(named) : null;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "KarlMl.sln")))
            {
                string beside = Path.Combine(folder.Parent?.FullName ?? folder.FullName, "shared");
                return Directory.Exists(beside) ? beside : null;
            }
        }

        return null;
    }
}
