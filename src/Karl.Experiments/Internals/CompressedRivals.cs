using System.Collections.Immutable;
using Karl.Tokenizers;
using Karl.Tokenizers.Evaluation;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;

namespace Karl.Experiments.Internals;

/// <summary>Means of one setting's rivals over images.</summary>
/// <param name="WebP">Of WebP.</param>
/// <param name="Jpeg">Of JPEG.</param>
internal sealed record RivalRow(MeanCloseness WebP, MeanCloseness Jpeg);

/// <summary>
/// The honest rivals: each image, shrunk as much as is best, as a WebP and as a JPEG file of no more bytes than its tokens take, then enlarged again. A file's headers are
/// not counted, as the model is not: its bytes are those beyond a file of one pixel.
/// </summary>
internal static class CompressedRivals
{
    private const int Qualities = 101;
    private static readonly int[] Sides = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512];

    /// <summary>A row for each setting of a report.</summary>
    public static ImmutableArray<RivalRow> Of(ImageTokenizer tokenizer, EvaluationReport report, CancellationToken cancellationToken)
    {
        (ImageComparison WebP, ImageComparison Jpeg)[][] all = new (ImageComparison, ImageComparison)[report.Images.Length][];
        ParallelOptions parallel = new() { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, all.Length, parallel, index =>
        {
            EvaluatedImage image = report.Images[index];
            RgbImage original = tokenizer.ReadOriginal(image.Path, cancellationToken).Image
                ?? throw new IOException($"'{image.Path}' was read before and cannot be read any more.");
            all[index] = [.. image.Results.Select(result => (
                Best(original, result.Bits / 8, (small, quality) => ImageWriter.EncodeWebP(small, quality), cancellationToken),
                Best(original, result.Bits / 8, (small, quality) => ImageWriter.EncodeJpeg(small, Math.Max(1, quality)), cancellationToken)))];
        });
        return [.. Enumerable.Range(0, report.Settings.Length).Select(setting => new RivalRow(
            MeanCloseness.Of(all.Select(image => image[setting].WebP)), MeanCloseness.Of(all.Select(image => image[setting].Jpeg))))];
    }

    /// <summary>The closest that any size and quality gives from so many bytes; one flat pixel where nothing fits.</summary>
    public static ImageComparison Best(RgbImage image, double bytes, Func<RgbImage, int, byte[]> encode, CancellationToken cancellationToken)
    {
        double allowed = bytes + encode(ImageResizer.Resize(image, 1, 1), 0).Length;
        ImageComparison best = ImageComparison.Between(image, ImageResizer.Resize(ImageResizer.Resize(image, 1, 1), image.Width, image.Height));
        foreach (int side in Sides.Where(side => side <= image.Width))
        {
            cancellationToken.ThrowIfCancellationRequested();
            RgbImage small = side == image.Width ? image : ImageResizer.Resize(image, side, side);
            byte[]? file = Largest(small, allowed, encode);
            if (file is null)
            {
                break;
            }

            RgbImage back = new ImageDecoder().Decode(file, cancellationToken: cancellationToken);
            ImageComparison comparison = ImageComparison.Between(image, ImageResizer.Resize(back, image.Width, image.Height));
            best = comparison.MeanAbsoluteError < best.MeanAbsoluteError ? comparison : best;
        }

        return best;
    }

    /// <summary>The file of the highest quality that fits, by halves; null where none does.</summary>
    private static byte[]? Largest(RgbImage image, double allowed, Func<RgbImage, int, byte[]> encode)
    {
        byte[]? fitting = null;
        for (int low = 0, high = Qualities - 1; low <= high;)
        {
            int middle = (low + high) / 2;
            byte[] file = encode(image, middle);
            (fitting, low, high) = file.Length <= allowed ? (file, middle + 1, high) : (fitting, low, middle - 1);
        }

        return fitting;
    }
}
