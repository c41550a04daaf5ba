using System.Globalization;
using System.Text;
using Karl.Applications.Compression.Internals;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Imaging.Internals;
using Karl.Tokenizers.Reconstruction.Internals;

namespace Karl.Applications.Compression;

/// <summary>Where compressed images and what is told of them are kept: <c>images.kt</c>, <c>report.md</c>, <c>images.csv</c>, and <c>sheet-1.png</c> and so on. Files of those names are replaced.</summary>
public sealed class CompressionFolder
{
    private const int StripsOnSheet = 12;
    private static readonly string[] Headings = ["original", "tokens", "JPEG", "WebP"];
    private readonly FolderBoundary _boundary;

    /// <summary>Chooses a folder; nothing is made before something is written.</summary>
    public CompressionFolder(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FullPath = Path.GetFullPath(path);
        _boundary = new FolderBoundary(path);
    }

    /// <summary>Where the folder is.</summary>
    public string FullPath { get; }

    /// <summary>Where the archive goes.</summary>
    public string ArchivePath => Path.Join(FullPath, "images.kt");

    /// <summary>Whether a file lies in the folder or a folder inside it, also through symbolic links.</summary>
    public bool Holds(string path) => _boundary.Holds(path);

    /// <summary>Writes everything but the archive.</summary>
    public void Write(CompressionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        WholeFile.Write(Path.Join(FullPath, "report.md"), Encoding.UTF8.GetBytes(report.ToString()));
        WholeFile.Write(Path.Join(FullPath, "images.csv"), CompressionTable.Write(report));
        int number = 0;
        foreach (ComparedImage[] some in report.Images.Where(image => image.Original is not null).Chunk(StripsOnSheet))
        {
            string title = string.Create(
                CultureInfo.InvariantCulture, $"{report.Settings.ModelName}, epsilon {report.Settings.Epsilon}: tokens beside JPEG and WebP, shrunk as is best, of no more bytes; where none is so small, the smallest there is");
            ImageWriter.Write(StripSheet.Draw(title, Headings, [.. some.Select(StripOf)]), Path.Join(FullPath, string.Create(CultureInfo.InvariantCulture, $"sheet-{++number}.png")));
        }
    }

    private static Strip StripOf(ComparedImage image) => new(
        image.Path,
        [
            (image.Original!, string.Empty),
            (image.Reconstruction!, Caption(image.Entry!.Bytes, image.Comparison!.MeanAbsoluteError)),
            Cell(image.Jpeg!),
            Cell(image.WebP!),
        ]);

    private static (RgbImage Image, string Caption) Cell(RivalResult result)
    {
        Rival rival = result.AnySize ?? result.Smallest;
        return (rival.Image!, Caption(rival.Bytes, rival.Comparison.MeanAbsoluteError) + (result.AnySize is null ? " (too large)" : string.Empty));
    }

    private static string Caption(int bytes, double error) => string.Create(CultureInfo.InvariantCulture, $"{bytes} B, L1 {error:0.000}");
}
