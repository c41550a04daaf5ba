using Karl.Applications.Curation.Internals;
using Karl.Applications.Internals;
using Karl.Tokenizers;

namespace Karl.Applications.Curation;

/// <summary>
/// Where a report is kept: <c>report.html</c>, which needs no other file, <c>images.csv</c> with all images, and <c>subset.txt</c> with the paths of those selected, one a line. Files of those names are replaced.
/// </summary>
public sealed class CurationFolder : OutputFolder
{
    /// <summary>Chooses a folder; nothing is made before <see cref="Write"/>.</summary>
    public CurationFolder(string path)
        : base(path)
    {
    }

    /// <summary>Writes all files.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="tokenizer">The model, which reads the images that are shown again.</param>
    /// <param name="cancellationToken">Stops.</param>
    public void Write(CurationReport report, ImageTokenizer tokenizer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(tokenizer);
        string html = new CurationHtml(report, tokenizer, cancellationToken).Write();
        CsvTable table = new("path", "tokens", "bits", "file_bytes", "bucket", "group", "kept", "selected");
        foreach (CuratedImage image in report.Images)
        {
            table.Add(image.Path, image.Tokens, image.Bits, image.FileBytes, image.Bucket + 1, image.Group + 1, image.IsKept, image.IsSelected);
        }

        Save("images.csv", table.ToUtf8());
        Save("subset.txt", string.Concat(report.Images.Where(image => image.IsSelected).Select(image => image.Path + "\n")));
        Save("report.html", html);
    }
}
