using System.Collections.Immutable;
using Karl.Experiments.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Charts;
using Karl.Tokenizers.Evaluation;
using Karl.Training.Runs;

namespace Karl.Experiments;

/// <summary>What the size of encoder and decoder, the number of codes, and codes themselves do to a model: trains small models of its own, alike but for one thing and over the same base tokenizer, and measures them.</summary>
public static class ScalingExperiment
{
    /// <summary>How many models it trains.</summary>
    public const int ModelCount = 6;

    /// <summary>Trains what is not trained yet and measures all; taken up again after an interruption, it goes on where it was.</summary>
    /// <param name="options">Images, budgets and errors to measure with; its models are not asked for.</param>
    /// <param name="scaling">How models are trained.</param>
    /// <param name="load">Loads a trained model.</param>
    /// <param name="cancellationToken">Stops; the state of training is saved.</param>
    /// <inheritdoc cref="TrainingRun.Run" path="/exception"/>
    public static ExperimentResult Run(ExperimentOptions options, ScalingOptions scaling, Func<string, ImageTokenizer> load, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(scaling);
        ArgumentNullException.ThrowIfNull(load);
        if (scaling.Steps is < 2 or > 10_000_000)
        {
            throw new ArgumentException($"The study is to take {scaling.Steps} steps; 2 to 10000000 were expected.");
        }

        List<(ScalingVariant Variant, string Path)> trained = [];
        foreach (ScalingVariant variant in ScalingVariants.Of(scaling.Preset, scaling.Steps))
        {
            string? source = scaling.Base ?? (trained.Count == 0 ? null : Path.GetDirectoryName(trained[0].Path));
            trained.Add((variant, Train(variant, scaling with { Base = source }, options.Report, cancellationToken)));
        }

        ImmutableArray<EvaluatedModel> models = EvaluatedModels.Of(
            options with { Models = [.. trained.Select(one => new ExperimentModel(one.Variant.Name, () => load(one.Path)))] },
            new EvaluationOptions { Budgets = options.Budgets, Epsilons = options.Epsilons, Metrics = options.Metrics },
            withRivals: false,
            cancellationToken);
        return new ExperimentResult(
            "scaling",
            TokenCountExperiments.Title($"Sizes and codes, {scaling.Preset.Name}", models),
            new ExperimentTable(
                [new("model"), new("encoder MB", 1), new("decoder MB", 1), new("codes"), new("asked for"), new("tokens", 1), new("bytes", 0), new("L1", 4), new("PSNR", 2), new("SSIM", 3)],
                [.. models.Zip(trained).SelectMany(pair => Rows(pair.First, pair.Second.Path))]),
            new Chart
            {
                Title = TokenCountExperiments.Title($"Sizes and codes, {scaling.Preset.Name}", models),
                Horizontal = new ChartAxis { Label = "tokens of an image, the same for each", IsLogarithmic = true },
                Vertical = new ChartAxis { Label = "L1, mean absolute difference of pixels from 0 to 1" },
                Series = [.. models.Select(model => new ChartSeries(
                    model.Name, [.. model.Report.Rows.Where(row => row.Setting.Epsilon is null).Select(row => new ChartPoint(row.Tokens.Mean, row.Reconstruction.AbsoluteError))], ChartStyle.LineAndPoints))],
            },
            models[0].Report.BrokenCount);
    }

    private static string Train(ScalingVariant variant, ScalingOptions scaling, Action<string>? report, CancellationToken cancellationToken) => TrainingRun.Run(
        new TrainingOptions
        {
            Preset = variant.Preset,
            Data = scaling.Data,
            Output = Path.Join(scaling.Folder, variant.FolderName),
            Resume = true,
            Base = scaling.Base,
            Seed = scaling.Seed,
            Threads = scaling.Threads,
            Report = report,
            Progress = scaling.Progress is null ? null : new Telling(progress => scaling.Progress(variant.Name, progress)),
        },
        cancellationToken);

    private static IEnumerable<ImmutableArray<ExperimentCell>> Rows(EvaluatedModel model, string path)
    {
        using Bundle bundle = Bundle.Open(path);
        double Size(string part) => bundle.Manifest.Parts.Single(one => one.Name == part).Bytes / 1e6;
        double encoder = Size(Bundle.EncoderPart), decoder = Size(Bundle.DecoderPart);
        ExperimentCell codes = bundle.Manifest.CodebookSize is int count ? (ExperimentCell)(double)count : "continuous";
        foreach (EvaluationRow row in model.Report.Rows)
        {
            yield return
            [
                model.Name, encoder, decoder, codes, row.Setting.ToString(), row.Tokens.Mean, row.MeanBytes,
                row.Reconstruction.AbsoluteError, row.Reconstruction.PeakSignalToNoiseRatio, row.Reconstruction.StructuralSimilarity,
            ];
        }
    }

    private sealed class Telling(Action<TrainingProgress> tell) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => tell(value);
    }
}
