using System.Collections.Immutable;
using Karl.Tokenizers.Evaluation.Internals;
using Karl.Tokenizers.Metrics;

namespace Karl.Tokenizers.Evaluation;

/// <summary>One setting over all images; NaN where there are none.</summary>
public sealed record EvaluationRow
{
    /// <summary>What was asked for.</summary>
    public required EvaluationSetting Setting { get; init; }

    /// <summary>Tokens kept.</summary>
    public required Spread Tokens { get; init; }

    /// <summary>Bytes that the tokens take, on average, without their positions.</summary>
    public required double MeanBytes { get; init; }

    /// <summary>Runs of the encoder for an image, on average; models that go on by rounds need several.</summary>
    public required double EncoderRuns { get; init; }

    /// <summary>Runs of the decoder for an image, on average, the reconstruction included; models that search for the fewest tokens need several.</summary>
    public required double DecoderRuns { get; init; }

    /// <summary>Means over the reconstructions.</summary>
    public required MeanCloseness Reconstruction { get; init; }

    /// <summary>Means over thumbnails of as many bytes.</summary>
    public required MeanCloseness Thumbnail { get; init; }

    /// <summary>Side of those thumbnails in pixels, on average.</summary>
    public required double MeanThumbnailSide { get; init; }

    /// <summary>Means of the further metrics over the reconstructions, in their order.</summary>
    public required ImmutableArray<double> Metrics { get; init; }

    /// <summary>Time for an image, on average, from pixels over tokens to pixels, in milliseconds; it differs from run to run.</summary>
    public required double MeanMilliseconds { get; init; }

    /// <summary>Errors above the one asked for; null where none was.</summary>
    public required Violations? Violations { get; init; }

    /// <summary>Spearman's rank correlation between tokens kept and the size as a JPEG, -1 to 1; null where all images took the same number.</summary>
    public required double? JpegCorrelation { get; init; }

    internal static EvaluationRow Over(ImmutableArray<EvaluationSetting> settings, int index, ImmutableArray<EvaluatedImage> images, double?[] distances)
    {
        EvaluationSetting setting = settings[index];
        int whole = settings.IndexOf(setting with { Epsilon = null });
        EvaluationResult[] results = [.. images.Select(image => image.Results[index])];
        double[] tokens = [.. results.Select(result => (double)result.Tokens)];
        return new EvaluationRow
        {
            Setting = setting,
            Tokens = new Spread(Statistics.Mean(tokens), Statistics.Quantile(tokens, 0.1), Statistics.Quantile(tokens, 0.9)),
            MeanBytes = Statistics.Mean(results.Select(result => result.Bits / 8)),
            EncoderRuns = Statistics.Mean(results.Select(result => (double)result.Runs.Encoder)),
            DecoderRuns = Statistics.Mean(results.Select(result => (double)result.Runs.Decoder)),
            Reconstruction = MeanCloseness.Of(results.Select(result => result.Reconstruction)),
            Thumbnail = MeanCloseness.Of(results.Select(result => result.Thumbnail.Comparison)),
            MeanThumbnailSide = Statistics.Mean(results.Select(result => (double)result.Thumbnail.Side)),
            Metrics = results.Length == 0 ? [] : [.. Enumerable.Range(0, results[0].Metrics.Length).Select(metric => distances[metric] ?? Statistics.Mean(results.Select(result => result.Metrics[metric])))],
            MeanMilliseconds = Statistics.Mean(results.Select(result => result.Milliseconds)),
            Violations = setting.Epsilon is float epsilon ? Violations.Of(results.Select(result => result.Error), epsilon, whole < 0 ? null : images.Select(image => image.Results[whole].Error)) : null,
            JpegCorrelation = Statistics.RankCorrelation(tokens, [.. images.Select(image => (double)image.JpegBytes)]),
        };
    }
}

/// <summary>How numbers spread over images.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Tenth">A tenth of the images are at or below it.</param>
/// <param name="Ninetieth">Nine tenths of the images are at or below it.</param>
public sealed record Spread(double Mean, double Tenth, double Ninetieth);

/// <summary>Means over images of how close they came back.</summary>
/// <param name="AbsoluteError">L1, 0 to 1.</param>
/// <param name="PeakSignalToNoiseRatio">PSNR in decibels, over the images that did not come back exactly, whose PSNR is infinite; infinite where all did.</param>
/// <param name="StructuralSimilarity">SSIM, -1 to 1.</param>
public sealed record MeanCloseness(double AbsoluteError, double PeakSignalToNoiseRatio, double StructuralSimilarity)
{
    internal static MeanCloseness Of(IEnumerable<ImageComparison> comparisons)
    {
        ImageComparison[] all = [.. comparisons];
        return new MeanCloseness(
            Statistics.Mean(all.Select(one => one.MeanAbsoluteError)),
            MeanRatio([.. all.Select(one => one.PeakSignalToNoiseRatio)]),
            Statistics.Mean(all.Select(one => one.StructuralSimilarity)));
    }

    private static double MeanRatio(double[] ratios)
    {
        double[] finite = [.. ratios.Where(double.IsFinite)];
        return finite.Length > 0 || ratios.Length == 0 ? Statistics.Mean(finite) : double.PositiveInfinity;
    }
}

/// <summary>Images whose error is above the one asked for (table 3 of the KARL paper).</summary>
/// <remarks>No tokens bring some images as near as is asked. They are no fault of choosing tokens, and are told apart where the whole budget was measured too.</remarks>
/// <param name="Share">Their share of all images, 0 to 1.</param>
/// <param name="MeanExcess">By how much they are above it, on average over these images; 0 where there are none.</param>
/// <param name="LargestExcess">By how much the farthest is above it; 0 where there are none.</param>
/// <param name="AvoidableShare">The share of all images that are above it though the whole budget would not be; null where that was not measured.</param>
public sealed record Violations(double Share, double MeanExcess, double LargestExcess, double? AvoidableShare)
{
    internal static Violations Of(IEnumerable<double> errors, float epsilon, IEnumerable<double>? errorsOfWholeBudget = null)
    {
        // The number as it was written: a float32 of 0.03 is a little less than that.
        double asked = (double)(decimal)Math.Min(epsilon, 1e6f);
        double[] all = [.. errors], above = [.. all.Where(error => error > asked).Select(error => error - asked)];
        double? avoidable = errorsOfWholeBudget is null ? null : (double)all.Zip(errorsOfWholeBudget).Count(pair => pair.First > asked && pair.Second <= asked) / all.Length;
        return new Violations((double)above.Length / all.Length, above.Length == 0 ? 0 : above.Average(), above.Length == 0 ? 0 : above.Max(), avoidable);
    }
}
