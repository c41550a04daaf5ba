namespace Karl.Testing;

/// <summary>A folder of its own for one test, deleted with everything in it at the end.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Makes the folder.</summary>
    public TemporaryFolder() => FullPath = Directory.CreateTempSubdirectory("karl-test-").FullName;

    /// <summary>Where it is.</summary>
    public string FullPath { get; }

    /// <summary>The path of a file or folder inside, which need not exist.</summary>
    public string this[params string[] names] => Path.Combine([FullPath, .. names]);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
