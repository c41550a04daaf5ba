using Karl.Testing;
using Karl.Tokenizers.Imaging;

namespace Karl.Cli.Tests;

/// <summary>A folder with a tiny model and a few images, for one test.</summary>
internal sealed class Workplace : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Workplace(bool quantized = true) => new TinyModel(quantized).Write(Model);

    public string Model => _folder["tiny.karl"];

    public string Folder => _folder.FullPath;

    public string this[params string[] names] => _folder[names];

    /// <summary>Writes images <c>photos/0.png</c>, <c>photos/1.jpg</c>, <c>photos/2.png</c> and so on; gives the folder.</summary>
    public string Photos(int count, string name = "photos")
    {
        for (int index = 0; index < count; index++)
        {
            WriteImage(_folder[name, $"{index}.{(index % 2 == 0 ? "png" : "jpg")}"], index);
        }

        return _folder[name];
    }

    /// <summary>Writes an image of waves that depend on a seed; missing folders are made.</summary>
    public static void WriteImage(string path, int seed, int width = 50, int height = 40)
    {
        RgbImage image = new(width, height);
        Random random = new(seed);
        double frequency = 0.05 + (random.NextDouble() / 3), phase = random.NextDouble() * 7;
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = image.Row(y);
            for (int index = 0; index < row.Length; index++)
            {
                row[index] = (byte)(127 + (100 * Math.Sin((frequency * ((index / 3) + (y * (index % 3)))) + phase)));
            }
        }

        ImageWriter.Write(image, path);
    }

    public void Dispose() => _folder.Dispose();
}
