using Karl.Testing;
using Karl.Tokenizers.Demonstration;
using Karl.Tokenizers.Imaging;

namespace Karl.Applications.Tests;

/// <summary>A folder with images of our own, for one test.</summary>
internal sealed class Pictures : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string this[params string[] names] => _folder[names];

    /// <summary>Draws the demonstration images of these names, at the size that the default model sees.</summary>
    public string[] Demonstration(params string[] names) => [.. names.Select(name => Write(name + ".png", DemonstrationImages.All.First(image => image.Name == name).Draw(64)))];

    /// <summary>Writes a file.</summary>
    public string Write(string name, RgbImage image)
    {
        string path = _folder[name];
        ImageWriter.Write(image, path);
        return path;
    }

    public void Dispose() => _folder.Dispose();
}
