using System.Globalization;
using System.Text;
using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.Reconstruction.Internals;

namespace Karl.Tokenizers.Evaluation.Internals;

/// <summary>A report as CSV (RFC 4180, UTF-8).</summary>
internal static class ReportTables
{
    /// <summary>One line for each setting.</summary>
    public static byte[] Summary(EvaluationReport report)
    {
        StringBuilder text = new("budget,epsilon,images,tokens_mean,tokens_10,tokens_90,bytes_mean,encoder_runs,decoder_runs,l1,psnr,ssim,"
            + "thumbnail_side,thumbnail_l1,thumbnail_psnr,thumbnail_ssim,violations,violations_avoidable,violation_mean,violation_max,jpeg_spearman");
        Headings(text, report);
        foreach (EvaluationRow row in report.Rows)
        {
            Line(
                text,
                [
                    Whole(row.Setting.Budget),
                    row.Setting.Epsilon?.ToString(CultureInfo.InvariantCulture),
                    Whole(report.Images.Length),
                    Number(row.Tokens.Mean),
                    Number(row.Tokens.Tenth),
                    Number(row.Tokens.Ninetieth),
                    Number(row.MeanBytes),
                    Number(row.EncoderRuns),
                    Number(row.DecoderRuns),
                    Number(row.Reconstruction.AbsoluteError),
                    Number(row.Reconstruction.PeakSignalToNoiseRatio),
                    Number(row.Reconstruction.StructuralSimilarity),
                    Number(row.MeanThumbnailSide),
                    Number(row.Thumbnail.AbsoluteError),
                    Number(row.Thumbnail.PeakSignalToNoiseRatio),
                    Number(row.Thumbnail.StructuralSimilarity),
                    Number(row.Violations?.Share),
                    Number(row.Violations?.AvoidableShare),
                    Number(row.Violations?.MeanExcess),
                    Number(row.Violations?.LargestExcess),
                    Number(row.JpegCorrelation),
                    .. row.Metrics.Select(mean => Number(mean)),
                ]);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>One line for each image and setting.</summary>
    public static byte[] Images(EvaluationReport report)
    {
        StringBuilder text = new("path,jpeg_bytes,budget,epsilon,tokens,encoder_runs,decoder_runs,error,l1,psnr,ssim,thumbnail_side,thumbnail_l1,thumbnail_psnr,thumbnail_ssim");
        Headings(text, report);
        foreach (EvaluatedImage image in report.Images)
        {
            for (int index = 0; index < report.Settings.Length; index++)
            {
                EvaluationResult result = image.Results[index];
                Line(
                    text,
                    [
                        CsvText.Field(image.Path),
                        Whole(image.JpegBytes),
                        Whole(report.Settings[index].Budget),
                        report.Settings[index].Epsilon?.ToString(CultureInfo.InvariantCulture),
                        Whole(result.Tokens),
                        Whole(result.Runs.Encoder),
                        Whole(result.Runs.Decoder),
                        Number(result.Error),
                        .. Numbers(result.Reconstruction),
                        Whole(result.Thumbnail.Side),
                        .. Numbers(result.Thumbnail.Comparison),
                        .. result.Metrics.Select(value => Number(value)),
                    ]);
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A column for each further metric at the end, named by it and its file, of which the first digits of the hash are given.</summary>
    private static void Headings(StringBuilder text, EvaluationReport report) =>
        text.Append(string.Concat(report.Metrics.Select(metric => "," + CsvText.Field($"{metric.Name} ({metric.File} {metric.Sha256[..16]})")))).Append("\r\n");

    private static void Line(StringBuilder text, params ReadOnlySpan<string?> fields) => text.AppendJoin(',', fields).Append("\r\n");

    private static string[] Numbers(ImageComparison comparison) =>
        [Number(comparison.MeanAbsoluteError), Number(comparison.PeakSignalToNoiseRatio), Number(comparison.StructuralSimilarity)];

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double? value) =>
        value is not double number || double.IsNaN(number) ? string.Empty : double.IsPositiveInfinity(number) ? "inf" : number.ToString("0.######", CultureInfo.InvariantCulture);
}
