using Karl.Testing;
using Karl.Tokenizers.Imaging;

namespace Karl.Training.Tests.Data;

/// <summary>A folder of small generated photos, each of another colour and size.</summary>
internal sealed class Photos : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Photos(int count)
    {
        for (int index = 0; index < count; index++)
        {
            ImageWriter.Write(Image(index), _folder[$"{index:000}.png"]);
        }
    }

    public string Folder => _folder.FullPath;

    public string this[string name] => _folder[name];

    /// <summary>Red tells the image, green the column, blue the row.</summary>
    public static RgbImage Image(int index)
    {
        RgbImage image = new(40 + (index % 7 * 3), 36 + (index % 5 * 6));
        for (int y = 0; y < image.Height; y++)
        {
            Span<byte> row = image.Row(y);
            for (int x = 0; x < image.Width; x++)
            {
                (row[x * 3], row[(x * 3) + 1], row[(x * 3) + 2]) = ((byte)(index * 5), (byte)(x * 255 / image.Width), (byte)(y * 255 / image.Height));
            }
        }

        return image;
    }

    public void Dispose() => _folder.Dispose();
}
