using System.Globalization;
using System.Text;
using Karl.Tokenizers.Evaluation;
using Karl.Tokenizers.Evaluation.Internals;
using Karl.Tokenizers.Metrics;

namespace Karl.Applications.Compression.Internals;

/// <summary>A report as Markdown: what the archive takes, each image, the means beside JPEG and WebP.</summary>
internal static class CompressionText
{
    public static string Write(CompressionReport report)
    {
        StringBuilder text = new();
        int count = report.Images.Length;
        text.Append(CultureInfo.InvariantCulture, $"{report.Settings}; {count} images{(report.BrokenCount == 0 ? string.Empty : $", {report.BrokenCount} more could not be read")}\n\n");
        if (count == 0)
        {
            return text.ToString();
        }

        double bits = 8.0 * report.TokenBytes;
        text.Append(CultureInfo.InvariantCulture, $"Archive: {report.FileBytes} bytes; {report.TokenBytes} of them tokens, {report.HeaderBytes} the head, the rest names, lengths and checksums.\n");
        text.Append(CultureInfo.InvariantCulture, $"Tokens: {bits / count:0.0} bits an image; {report.PlainBits / count:0.0} without entropy coding ({Saved(bits, report.PlainBits)} saved), {report.IdealBits / count:0.0} if coded perfectly under the same probabilities ({Number(100 * ((bits / report.IdealBits) - 1), 2)} % above).\n");
        ComparedImage[] compared = [.. report.Images.Where(image => image.Comparison is not null)];
        if (compared.Length == 0)
        {
            return text.ToString();
        }

        ReportText.Table(
            text,
            ["image", "tokens", "bytes", "bits/pixel", "L1", "SSIM", "PSNR", "JPEG L1", "WebP L1", "JPEG as close", "WebP as close"],
            [.. compared.Select(image => Row(image, report.Settings.ImageSize))]);
        MethodRow[] methods = [.. MethodRow.Of(compared)];
        ReportText.Table(
            text,
            ["at most the bytes of the tokens", "images", "bytes", "bits/pixel", "L1", "SSIM", "PSNR", "tokens: L1 of these"],
            [.. methods.Select(method => Row(method, report.Settings.ImageSize))]);
        AppendWhatDoesNotFit(text, compared, methods);
        return text.ToString();
    }

    /// <summary>A share as a per cent.</summary>
    public static string Saved(double now, double before) => $"{Number(100 * (1 - (now / before)), 1)} %";

    private static string Number(double? value, int decimals) => ReportText.Number(value, decimals);

    private static string[] Row(ComparedImage image, int side) =>
    [
        image.Path.Replace('|', '/'),
        Number(image.Tokens, 0),
        Number(image.Entry!.Bytes, 0),
        Number(8.0 * image.Entry.Bytes / (side * (double)side), 4),
        Number(image.Comparison!.MeanAbsoluteError, 4),
        Number(image.Comparison.StructuralSimilarity, 3),
        Number(image.Comparison.PeakSignalToNoiseRatio, 2),
        Number(image.Jpeg!.AnySize?.Comparison.MeanAbsoluteError, 4),
        Number(image.WebP!.AnySize?.Comparison.MeanAbsoluteError, 4),
        Number(image.Jpeg.AsCloseBytes, 0),
        Number(image.WebP.AsCloseBytes, 0),
    ];

    private static string[] Row(MethodRow method, int side) =>
    [
        method.Name,
        Number(method.Count, 0),
        Number(method.Bytes, 1),
        Number(8 * method.Bytes / (side * (double)side), 4),
        Number(method.Closeness.AbsoluteError, 4),
        Number(method.Closeness.StructuralSimilarity, 3),
        Number(method.Closeness.PeakSignalToNoiseRatio, 2),
        Number(method.ErrorOfTokens, 4),
    ];

    private static void AppendWhatDoesNotFit(StringBuilder text, ComparedImage[] compared, MethodRow[] methods)
    {
        text.Append('\n');
        foreach ((string name, Func<ComparedImage, RivalResult> of) in new (string, Func<ComparedImage, RivalResult>)[] { ("JPEG", image => image.Jpeg!), ("WebP", image => image.WebP!) })
        {
            int missing = compared.Count(image => of(image).AnySize is null), missingWhole = compared.Count(image => of(image).Whole is null);
            double smallest = compared.Average(image => of(image).Smallest.Bytes), smallestWhole = compared.Average(image => of(image).SmallestWhole);
            int[] close = [.. compared.Select(image => of(image).AsCloseBytes).OfType<int>()];
            text.Append(CultureInfo.InvariantCulture, $"- {name}: of all pixels, even the smallest file is too large for {missingWhole} of {compared.Length} images ({smallestWhole:0} bytes on average); at any size for {missing} ({smallest:0} bytes).");
            text.Append(CultureInfo.InvariantCulture, $" To be as close as the tokens (L1), it needs {(close.Length == 0 ? "-" : Number(close.Average(), 0))} bytes on average{(close.Length == compared.Length ? string.Empty : $" for {close.Length} images, and cannot be for the others")}; the tokens take {Number(methods[0].Bytes, 0)}.\n");
        }

        text.Append("- The model itself, which both sides need, is not counted; nor are JPEG's and WebP's programs.\n");
    }
}

/// <summary>One way to keep images, over all images for which it fits.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Count">Images for which it fits.</param>
/// <param name="Bytes">Bytes on average.</param>
/// <param name="Closeness">Means over them.</param>
/// <param name="ErrorOfTokens">L1 of the tokens over the same images.</param>
internal sealed record MethodRow(string Name, int Count, double Bytes, MeanCloseness Closeness, double ErrorOfTokens)
{
    /// <summary>Tokens, then the rivals.</summary>
    public static IEnumerable<MethodRow> Of(ComparedImage[] images) =>
    [
        Of("tokens", images, image => (image.Entry!.Bytes, image.Comparison!)),
        Of("JPEG", images, image => Result(image.Jpeg!.Whole)),
        Of("JPEG, shrunk as is best", images, image => Result(image.Jpeg!.AnySize)),
        Of("WebP", images, image => Result(image.WebP!.Whole)),
        Of("WebP, shrunk as is best", images, image => Result(image.WebP!.AnySize)),
    ];

    private static MethodRow Of(string name, ComparedImage[] images, Func<ComparedImage, (int Bytes, ImageComparison Comparison)?> of)
    {
        (ComparedImage Image, (int Bytes, ImageComparison Comparison) Result)[] fitting =
            [.. images.Select(image => (Image: image, Result: of(image))).Where(pair => pair.Result is not null).Select(pair => (pair.Image, pair.Result!.Value))];
        return new MethodRow(
            name,
            fitting.Length,
            Statistics.Mean(fitting.Select(pair => (double)pair.Result.Bytes)),
            MeanCloseness.Of(fitting.Select(pair => pair.Result.Comparison)),
            Statistics.Mean(fitting.Select(pair => pair.Image.Comparison!.MeanAbsoluteError)));
    }

    private static (int Bytes, ImageComparison Comparison)? Result(Rival? rival) => rival is null ? null : (rival.Bytes, rival.Comparison);
}
