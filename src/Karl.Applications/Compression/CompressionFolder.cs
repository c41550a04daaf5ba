using System.Globalization;
using Karl.Applications.Compression.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;

namespace Karl.Applications.Compression;

/// <summary>Where compressed images and what is told of them are kept: <c>images.kt</c>, <c>report.md</c>, <c>images.csv</c>, and <c>sheet-1.png</c> and so on. Files of those names are replaced.</summary>
public sealed class CompressionFolder : OutputFolder
{
    private const int StripsOnSheet = 12;
    private static readonly string[] Headings = ["original", "tokens", "JPEG", "WebP"];

    /// <summary>Chooses a folder; nothing is made before something is written.</summary>
    public CompressionFolder(string path)
        : base(path)
    {
    }

    /// <summary>Where the archive goes.</summary>
    public string ArchivePath => Path.Join(FullPath, "images.kt");

    /// <summary>Writes everything but the archive.</summary>
    public void Write(CompressionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        Save("report.md", report.ToString());
        Save("images.csv", CompressionTable.Write(report));
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
