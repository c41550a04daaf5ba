using System.Globalization;
using System.Net;
using System.Text;
using Karl.Applications.Sheets;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;

namespace Karl.Applications.Curation.Internals;

/// <summary>A report as one page that needs nothing else: no scripts, thumbnails inside, light or dark as the reader's system is.</summary>
internal sealed class CurationHtml(CurationReport report, ImageTokenizer tokenizer, CancellationToken cancellationToken)
{
    private const int MostOfBucket = 24, MostGroups = 60, MostOfGroup = 8, ThumbnailSide = 112, JpegQuality = 82;

    private readonly StringBuilder _html = new();

    public string Write()
    {
        int distinct = report.Images.Count(image => image.IsKept), selected = report.Images.Count(image => image.IsSelected);
        Plain("<!doctype html>");
        Plain("<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        Line($"<title>{report.Images.Length} images by complexity and redundancy</title><style>{CurationStyle.Text}</style></head><body><main>");
        Line($"<h1>{report.Images.Length} images by complexity and redundancy</h1>");
        Line($"<p>{distinct} are distinct, {report.Images.Length - distinct} are near duplicates in {report.Groups.Length} groups; {selected} are selected{(report.BrokenCount > 0 ? $"; {report.BrokenCount} more could not be read" : string.Empty)}.</p>");
        Line($"<p class=\"small\">Tokens of {Text(report.Model)} at epsilon {report.Epsilon}, at most {report.Budget}. Near duplicates share at least {report.Options.SharedTokens:0.##} of their tokens and differ by at most {report.Options.PixelDifference:0.###} in their pixels on average. Seed {report.Options.Seed}. All images are in images.csv, the selected ones in subset.txt.</p>");
        WriteCoverage();
        WriteSelection();
        WriteGroups();
        Plain("</main></body></html>");
        return _html.ToString();
    }

    private void WriteCoverage()
    {
        int most = report.Buckets.Select(bucket => bucket.Images).DefaultIfEmpty(1).Max();
        Plain("<h2 id=\"coverage\">Coverage</h2><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"coverage\"><table><thead><tr><th>tokens</th><th>images</th><th>distinct</th><th>selected</th><th class=\"wide\"><span class=\"key all\"></span>images <span class=\"key distinct\"></span>distinct <span class=\"key selected\"></span>selected</th></tr></thead><tbody>");
        foreach (CurationBucket bucket in report.Buckets)
        {
            Line($"<tr><th scope=\"row\">{bucket.Least} to {bucket.Most}</th><td>{bucket.Images}</td><td>{bucket.Distinct}</td><td>{bucket.Selected}</td><td class=\"wide\">{Bar("all", bucket.Images, most)}{Bar("distinct", bucket.Distinct, most)}{Bar("selected", bucket.Selected, most)}</td></tr>");
        }

        Plain("</tbody></table></div>");
    }

    private void WriteSelection()
    {
        Plain("<h2>Selected</h2>");
        for (int index = 0; index < report.Buckets.Length; index++)
        {
            CurationBucket bucket = report.Buckets[index];
            CuratedImage[] selected = [.. report.Images.Where(image => image.IsSelected && image.Bucket == index).OrderBy(image => image.Tokens).ThenBy(image => image.Path, StringComparer.Ordinal)];
            Line($"<details{(selected.Length > 0 ? " open=\"\"" : string.Empty)}><summary>{bucket.Least} to {bucket.Most} tokens: {selected.Length} of {bucket.Distinct} distinct{(selected.Length > MostOfBucket ? $", {MostOfBucket} shown" : string.Empty)}</summary><ul class=\"images\">");
            foreach (CuratedImage image in ContactSheet.Spread(selected, MostOfBucket))
            {
                WriteImage(image, string.Empty);
            }

            Plain("</ul></details>");
        }
    }

    private void WriteGroups()
    {
        if (report.Groups.Length == 0)
        {
            return;
        }

        Line($"<h2>Near duplicates</h2><p class=\"small\">The framed image stands for its group{(report.Groups.Length > MostGroups ? $"; the first {MostGroups} of {report.Groups.Length} groups are shown" : string.Empty)}.</p>");
        foreach (CuratedImage[] group in report.Groups.Take(MostGroups).Select(group => group.OrderByDescending(image => image.IsKept).ToArray()))
        {
            Line($"<details open=\"\"><summary>Group {group[0].Group + 1}: {group.Length} images{(group.Length > MostOfGroup ? $", {MostOfGroup} shown" : string.Empty)}</summary><ul class=\"images\">");
            foreach (CuratedImage image in group.Take(MostOfGroup))
            {
                WriteImage(image, image.IsKept ? " class=\"kept\"" : string.Empty);
            }

            Plain("</ul></details>");
        }
    }

    private void WriteImage(CuratedImage image, string attributes)
    {
        string path = Text(image.Path), name = Text(Path.GetFileName(image.Path));
        string picture = tokenizer.ReadOriginal(image.Path, cancellationToken).Image is RgbImage original
            ? $"<img src=\"data:image/jpeg;base64,{Convert.ToBase64String(ImageWriter.EncodeJpeg(Thumbnail(original), JpegQuality))}\" alt=\"\" width=\"{ThumbnailSide}\" height=\"{ThumbnailSide}\" loading=\"lazy\">"
            : "<span class=\"missing\">no longer there</span>";
        Line($"<li{attributes} title=\"{path}\">{picture}<span class=\"name\">{name}</span><span class=\"small\">{image.Tokens} {(image.Tokens == 1 ? "token" : "tokens")}</span></li>");
    }

    private static RgbImage Thumbnail(RgbImage image) => image.Width <= ThumbnailSide ? image : ImageResizer.Resize(image, ThumbnailSide, ThumbnailSide);

    private static string Bar(string kind, int count, int most) =>
        string.Create(CultureInfo.InvariantCulture, $"<span class=\"bar {kind}\" style=\"width:{100.0 * count / Math.Max(1, most):0.##}%\"></span>");

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private void Line(FormattableString text) => Plain(text.ToString(CultureInfo.InvariantCulture));

    private void Plain(string text) => _html.Append(text).Append('\n');
}
