using Karl.Testing;
using Karl.Tokenizers.Imaging;
using Microsoft.ML.Data;
using Microsoft.ML.Karl.Internals.Imaging;

namespace Microsoft.ML.Karl.Tests;

/// <summary>A folder with a tiny model and a few images, and a context, for one test.</summary>
internal sealed class Workplace : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Workplace(bool quantized = true, bool vae = false)
    {
        new TinyModel(quantized, vae).Write(Model);
        Tokenize = new KarlTokenizeOptions { Model = Model, Threads = 1 };
    }

    public MLContext Context { get; } = new(seed: 1);

    public string Model => _folder["tiny.karl"];

    /// <summary>Options with the model and nothing else.</summary>
    public KarlTokenizeOptions Tokenize { get; }

    public string this[params string[] names] => _folder[names];

    /// <summary>Writes images of waves that differ from one another, as PNG.</summary>
    public ImagePath[] Photos(int count)
    {
        return [.. Enumerable.Range(0, count).Select(index =>
        {
            ImageWriter.Write(Waves(index), _folder[$"{index}.png"]);
            return new ImagePath { Path = _folder[$"{index}.png"], Number = index };
        })];
    }

    /// <summary>A view of rows.</summary>
    public IDataView View<TRow>(IEnumerable<TRow> rows)
        where TRow : class => Context.Data.LoadFromEnumerable(rows);

    /// <summary>A photo in memory.</summary>
    public static MLImage Image(ImagePath photo) => ImagePixels.FromRgb(new ImageDecoder().Decode(photo.Path!));

    public static RgbImage Waves(int seed, int width = 50, int height = 40)
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

        return image;
    }

    public void Dispose() => _folder.Dispose();
}

/// <summary>A row with the path of an image.</summary>
internal sealed class ImagePath
{
    public string? Path { get; set; }

    public int Number { get; set; }
}
