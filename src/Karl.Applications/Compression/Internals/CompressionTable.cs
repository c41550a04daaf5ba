using Karl.Applications.Internals;
using Karl.Tokenizers.Metrics;

namespace Karl.Applications.Compression.Internals;

/// <summary>A report as CSV (RFC 4180, UTF-8), one line for each image.</summary>
internal static class CompressionTable
{
    private static readonly string[] Names = ["jpeg", "webp"];

    public static byte[] Write(CompressionReport report)
    {
        CsvTable table = new(["path", "tokens", "token_bytes", "bytes", "plain_bits", "ideal_bits", "l1", "ssim", "psnr", .. Names.SelectMany(RivalHeadings)]);
        foreach (ComparedImage image in report.Images)
        {
            table.Add(
            [
                image.Path,
                image.Tokens,
                image.Entry!.Length,
                image.Entry.Bytes,
                image.PlainBits,
                image.IdealBits,
                .. Numbers(image.Comparison),
                .. Rivals(image.Jpeg),
                .. Rivals(image.WebP),
            ]);
        }

        return table.ToUtf8();
    }

    private static IEnumerable<string> RivalHeadings(string name) =>
    [
        .. new[] { name, name + "_any_size" }.SelectMany(form => new[] { $"{form}_side", $"{form}_quality", $"{form}_bytes", $"{form}_l1", $"{form}_ssim", $"{form}_psnr" }),
        $"{name}_smallest_bytes",
        $"{name}_any_size_smallest_bytes",
        $"{name}_as_close_bytes",
    ];

    private static object?[] Rivals(RivalResult? result) =>
        [.. Fields(result?.Whole), .. Fields(result?.AnySize), result?.SmallestWhole, result?.Smallest.Bytes, result?.AsCloseBytes];

    private static object?[] Fields(Rival? rival) => [rival?.Side, rival?.Quality, rival?.Bytes, .. Numbers(rival?.Comparison)];

    private static object?[] Numbers(ImageComparison? comparison) =>
        [comparison?.MeanAbsoluteError, comparison?.StructuralSimilarity, comparison?.PeakSignalToNoiseRatio];
}
