using System.Text;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Imaging.Internals;
using Karl.Tokenizers.Reconstruction.Internals;

namespace Karl.Applications.Internals;

/// <summary>Where results go; nothing is made before the first file, and each file is there whole or not at all.</summary>
internal sealed class OutputFolder(string path)
{
    private readonly FolderBoundary _boundary = new(path);

    public string FullPath { get; } = Path.GetFullPath(path);

    /// <summary>Whether a file lies in the folder or a folder inside it, also through symbolic links.</summary>
    public bool Holds(string file) => _boundary.Holds(file);

    public void Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public void Write(string name, byte[] content) => WholeFile.Write(Path.Join(FullPath, name), content);

    public void Write(string name, RgbImage image) => ImageWriter.Write(image, Path.Join(FullPath, name));
}
