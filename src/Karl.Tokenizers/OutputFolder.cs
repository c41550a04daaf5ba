using System.Text;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Imaging.Internals;
using Karl.Tokenizers.Reconstruction.Internals;

namespace Karl.Tokenizers;

/// <summary>Where results go. Nothing is made before the first file, each file is there whole or not at all, and files of the same names are replaced.</summary>
public abstract class OutputFolder
{
    private readonly FolderBoundary _boundary;

    /// <summary>Chooses a folder; nothing is made yet.</summary>
    /// <param name="path">Where; it need not be there.</param>
    protected OutputFolder(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FullPath = Path.GetFullPath(path);
        _boundary = new FolderBoundary(path);
    }

    /// <summary>Where the folder is.</summary>
    public string FullPath { get; }

    /// <summary>Whether a file lies in the folder or a folder inside it, also through symbolic links.</summary>
    public bool Holds(string path) => _boundary.Holds(path);

    /// <summary>Writes a text as UTF-8.</summary>
    protected void Save(string name, string text) => Save(name, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes bytes.</summary>
    protected void Save(string name, byte[] content) => WholeFile.Write(Path.Join(FullPath, name), content);

    /// <summary>Writes a picture, as what its name ends with.</summary>
    protected void Save(string name, RgbImage image) => ImageWriter.Write(image, Path.Join(FullPath, name));
}
