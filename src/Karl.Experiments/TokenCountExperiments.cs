using System.Collections.Immutable;
using System.Globalization;
using Karl.Experiments.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Charts;
using Karl.Tokenizers.Evaluation;

namespace Karl.Experiments;

/// <summary>How close images come back from how many tokens: a fixed number, or as many as an error needs (KARL, tables 2 and 3).</summary>
public static class TokenCountExperiments
{
    private static readonly ImmutableArray<ExperimentColumn> Closeness =
    [
        new("tokens", 1), new("bytes", 0), new("encoder runs", 1), new("decoder runs", 1), new("L1", 4), new("PSNR", 2), new("SSIM", 3),
        new("thumbnail L1", 4), new("WebP L1", 4), new("WebP SSIM", 3), new("JPEG L1", 4), new("JPEG SSIM", 3),
    ];

    /// <summary>Fixed numbers of tokens, beside a thumbnail, a WebP and a JPEG of the same bytes.</summary>
    /// <inheritdoc cref="ImageTokenizer.Evaluate" path="/exception"/>
    public static ExperimentResult Fixed(ExperimentOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ImmutableArray<EvaluatedModel> models = EvaluatedModels.Of(options, new EvaluationOptions { Budgets = options.Budgets, Epsilons = [], Metrics = options.Metrics }, withRivals: true, cancellationToken);
        return Result("fixed", "Fixed numbers of tokens", models, "asked for");
    }

    /// <summary>As many tokens as wanted errors need, with the runs that takes (table 2 of the KARL paper), beside the same rivals.</summary>
    /// <inheritdoc cref="Fixed"/>
    public static ExperimentResult Variable(ExperimentOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ImmutableArray<EvaluatedModel> models = EvaluatedModels.Of(options, new EvaluationOptions { Budgets = [], Epsilons = options.Epsilons, Metrics = options.Metrics }, withRivals: true, cancellationToken);
        return Result("variable", "As many tokens as a wanted error needs", models, "asked for");
    }

    /// <summary>How often and by how much the error is above the one asked for (table 3 of the KARL paper), and how often more tokens would have helped.</summary>
    /// <inheritdoc cref="Fixed"/>
    public static ExperimentResult Violations(ExperimentOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ImmutableArray<EvaluatedModel> models = [.. options.Models.SelectMany(model =>
        {
            int whole;
            using (ImageTokenizer tokenizer = model.Load())
            {
                whole = tokenizer.Manifest.DefaultBudget;
            }

            return EvaluatedModels.Of(options with { Models = [model] }, new EvaluationOptions { Budgets = [whole], Epsilons = options.Epsilons, MostTokens = whole }, withRivals: false, cancellationToken);
        })];
        IEnumerable<(string Name, EvaluationRow Row)> rows = models.SelectMany(model => model.Report.Rows.Where(row => row.Violations is not null).Select(row => (model.Name, row)));
        return new ExperimentResult(
            "violations",
            Title("Errors above the one asked for", models),
            new ExperimentTable(
                [new("model"), new("asked for", 3), new("tokens", 1), new("share above it", 3), new("where all tokens are not", 3), new("by on average", 4), new("by at most", 4), new("tokens and JPEG size", 2)],
                [.. rows.Select(one => (ImmutableArray<ExperimentCell>)
                    [
                        one.Name, Written(one.Row.Setting.Epsilon), one.Row.Tokens.Mean, one.Row.Violations!.Share, one.Row.Violations.AvoidableShare, one.Row.Violations.MeanExcess,
                        one.Row.Violations.LargestExcess, one.Row.JpegCorrelation,
                    ])]),
            new Chart
            {
                Title = Title("Errors above the one asked for", models),
                Horizontal = new ChartAxis { Label = "error asked for" },
                Vertical = new ChartAxis { Label = "share of images above it", Least = 0 },
                Series = [.. models.Select(model => new ChartSeries(
                    model.Name, [.. model.Report.Rows.Where(row => row.Violations is not null).Select(row => new ChartPoint(Written(row.Setting.Epsilon), row.Violations!.Share))], ChartStyle.LineAndPoints))],
            },
            models[0].Report.BrokenCount);
    }

    /// <summary>An epsilon as it was written: a float32 of 0.03 is a little less than that.</summary>
    internal static double Written(float? epsilon) => (double)(decimal)(epsilon ?? 0);

    internal static string Title(string what, ImmutableArray<EvaluatedModel> models) =>
        string.Create(CultureInfo.InvariantCulture, $"{what}: {models[0].Report.Images.Length} images");

    private static ExperimentResult Result(string name, string what, ImmutableArray<EvaluatedModel> models, string asked)
    {
        ImmutableArray<MetricSource> metrics = models[0].Report.Metrics;
        ChartSeries[] series =
        [
            .. models.Select(model => Series(model.Name, model, row => row.Reconstruction.AbsoluteError)),
            .. models.Take(1).SelectMany(model => (ChartSeries[])
                [
                    Series($"thumbnail, bytes of {model.Name}", model, row => row.Thumbnail.AbsoluteError),
                    new($"WebP, bytes of {model.Name}", [.. model.Report.Rows.Zip(model.Rivals, (row, rival) => new ChartPoint(row.MeanBytes, rival.WebP.AbsoluteError)).OrderBy(point => point.X)], ChartStyle.LineAndPoints),
                    new($"JPEG, bytes of {model.Name}", [.. model.Report.Rows.Zip(model.Rivals, (row, rival) => new ChartPoint(row.MeanBytes, rival.Jpeg.AbsoluteError)).OrderBy(point => point.X)], ChartStyle.LineAndPoints),
                ]),
        ];
        string files = string.Concat(metrics.Select(metric => $"; {metric.Name} is {metric.File}, SHA-256 {metric.Sha256[..16]}"));
        return new ExperimentResult(
            name,
            Title(what, models) + files,
            new ExperimentTable(
                [new("model"), new(asked), .. Closeness, .. metrics.Select(metric => new ExperimentColumn(metric.Name, 4)), new("milliseconds", 1)],
                [.. models.SelectMany(model => model.Report.Rows.Zip(model.Rivals, (row, rival) => Row(model.Name, row, rival)))]),
            new Chart
            {
                Title = Title(what, models),
                Horizontal = new ChartAxis { Label = "bytes of an image, on average", IsLogarithmic = true },
                Vertical = new ChartAxis { Label = "L1, mean absolute difference of pixels from 0 to 1" },
                Series = series,
            },
            models[0].Report.BrokenCount);
    }

    private static ImmutableArray<ExperimentCell> Row(string model, EvaluationRow row, RivalRow rival) =>
    [
        model, row.Setting.ToString(), row.Tokens.Mean, row.MeanBytes, row.EncoderRuns, row.DecoderRuns,
        row.Reconstruction.AbsoluteError, row.Reconstruction.PeakSignalToNoiseRatio, row.Reconstruction.StructuralSimilarity,
        row.Thumbnail.AbsoluteError, rival.WebP.AbsoluteError, rival.WebP.StructuralSimilarity, rival.Jpeg.AbsoluteError, rival.Jpeg.StructuralSimilarity,
        .. row.Metrics.Select(mean => (ExperimentCell)mean), row.MeanMilliseconds,
    ];

    private static ChartSeries Series(string name, EvaluatedModel model, Func<EvaluationRow, double> value) =>
        new(name, [.. model.Report.Rows.Select(row => new ChartPoint(row.MeanBytes, value(row))).OrderBy(point => point.X)], ChartStyle.LineAndPoints);
}
