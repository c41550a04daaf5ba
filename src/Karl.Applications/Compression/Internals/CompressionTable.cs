using System.Globalization;
using System.Text;
using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.Reconstruction.Internals;

namespace Karl.Applications.Compression.Internals;

/// <summary>A report as CSV (RFC 4180, UTF-8), one line for each image.</summary>
internal static class CompressionTable
{
    public static byte[] Write(CompressionReport report)
    {
        StringBuilder text = new("path,tokens,token_bytes,bytes,plain_bits,ideal_bits,l1,ssim,psnr");
        foreach (string name in new[] { "jpeg", "webp" })
        {
            foreach (string form in new[] { name, name + "_any_size" })
            {
                text.Append(CultureInfo.InvariantCulture, $",{form}_side,{form}_quality,{form}_bytes,{form}_l1,{form}_ssim,{form}_psnr");
            }

            text.Append(CultureInfo.InvariantCulture, $",{name}_smallest_bytes,{name}_any_size_smallest_bytes,{name}_as_close_bytes");
        }

        text.Append("\r\n");
        foreach (ComparedImage image in report.Images)
        {
            string?[] fields =
            [
                CsvText.Field(image.Path),
                Number(image.Tokens),
                Number(image.Entry!.Length),
                Number(image.Entry.Bytes),
                Number(image.PlainBits),
                Number(image.IdealBits),
                .. Numbers(image.Comparison),
                .. Rivals(image.Jpeg),
                .. Rivals(image.WebP),
            ];
            text.AppendJoin(',', fields).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string?[] Rivals(RivalResult? result) =>
    [
        .. Fields(result?.Whole),
        .. Fields(result?.AnySize),
        Number(result?.SmallestWhole),
        Number(result?.Smallest.Bytes),
        Number(result?.AsCloseBytes),
    ];

    private static string?[] Fields(Rival? rival) => [Number(rival?.Side), Number(rival?.Quality), Number(rival?.Bytes), .. Numbers(rival?.Comparison)];

    private static string?[] Numbers(ImageComparison? comparison) =>
        [Number(comparison?.MeanAbsoluteError), Number(comparison?.StructuralSimilarity), Number(comparison?.PeakSignalToNoiseRatio)];

    private static string? Number(double? value) =>
        value is not double number ? null : double.IsPositiveInfinity(number) ? "inf" : number.ToString("0.######", CultureInfo.InvariantCulture);
}
