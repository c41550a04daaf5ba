using System.Collections.Immutable;
using System.Globalization;
using Karl.Applications.Complexity;
using Karl.Experiments.Internals;
using Karl.Tokenizers.Charts;
using Karl.Tokenizers.Evaluation;
using Karl.Tokenizers.Evaluation.Internals;

namespace Karl.Experiments;

/// <summary>How well numbers of tokens agree with what people say of images' complexity, and whether they say more than a JPEG's size does.</summary>
public static class AgreementExperiment
{
    private const int Draws = 1000;
    private const string All = "all";

    /// <summary>Runs it.</summary>
    /// <param name="options">Models, images, errors.</param>
    /// <param name="scores">What people say; images without a score are left out.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <exception cref="ArgumentException">No image has a score.</exception>
    /// <inheritdoc cref="TokenCountExperiments.Fixed"/>
    public static ExperimentResult Run(ExperimentOptions options, ComplexityScores scores, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(scores);
        string[] paths = [.. options.Images];
        Dictionary<string, HumanScore> found = new(StringComparer.Ordinal);
        foreach ((string path, HumanScore? score) in paths.Zip(scores.Of(paths)))
        {
            if (score is not null)
            {
                found[path] = score;
            }
        }

        if (found.Count == 0)
        {
            throw new ArgumentException($"None of the images has one of the {scores.Count} scores; the same paths, or names of files, were expected in both.", nameof(scores));
        }

        ImmutableArray<EvaluatedModel> models = EvaluatedModels.Of(
            options with { Images = paths.Where(found.ContainsKey) }, new EvaluationOptions { Budgets = [], Epsilons = options.Epsilons }, withRivals: false, cancellationToken);
        List<ImmutableArray<ExperimentCell>> rows = [];
        List<ChartSeries> series = [];
        foreach (EvaluatedModel model in models)
        {
            Scored[] images = [.. model.Report.Images.Select(image => new Scored(image, found[image.Path]))];
            foreach ((int index, EvaluationSetting setting) in model.Report.Settings.Index())
            {
                foreach (IGrouping<string, Scored> group in Groups(images))
                {
                    rows.Add(Row(model.Name, setting.ToString(), group, image => image.Image.Results[index].Tokens, options.Seed));
                }

                series.Add(new ChartSeries($"{model.Name}, {setting}", [.. images.Select(image => new ChartPoint(image.Score.Score, image.Image.Results[index].Tokens))], ChartStyle.Points));
            }
        }

        foreach (IGrouping<string, Scored> group in Groups([.. models[0].Report.Images.Select(image => new Scored(image, found[image.Path]))]))
        {
            rows.Add(Row("JPEG", "quality 75", group, image => image.Image.JpegBytes, options.Seed));
        }

        string title = string.Create(CultureInfo.InvariantCulture, $"Tokens and what people say: {models[0].Report.Images.Length} images with a score");
        return new ExperimentResult(
            "agreement",
            title,
            new ExperimentTable(
                [new("measure"), new("asked for"), new("category"), new("images"), new("Spearman", 2), new("from", 2), new("to", 2), new("Pearson", 2), new("Spearman given JPEG size", 2)],
                [.. rows]),
            new Chart { Title = title, Horizontal = new ChartAxis { Label = "score that people gave" }, Vertical = new ChartAxis { Label = "tokens" }, Series = series },
            models[0].Report.BrokenCount);
    }

    private static IEnumerable<IGrouping<string, Scored>> Groups(Scored[] images) =>
        images.GroupBy(_ => All).Concat(images.Where(image => image.Score.Category.Length > 0).GroupBy(image => image.Score.Category).OrderBy(group => group.Key, StringComparer.Ordinal));

    private static ImmutableArray<ExperimentCell> Row(string measure, string asked, IGrouping<string, Scored> group, Func<Scored, double> value, int seed)
    {
        double[] values = [.. group.Select(value)], theirs = [.. group.Select(image => image.Score.Score)], bytes = [.. group.Select(image => (double)image.Image.JpegBytes)];
        (double Low, double High)? interval = Correlations.Interval(values, theirs, Draws, seed);
        return
        [
            measure, asked, group.Key, (double)values.Length, Statistics.RankCorrelation(values, theirs), interval?.Low, interval?.High, Statistics.Correlation(values, theirs),
            measure == "JPEG" ? (double?)null : Correlations.PartialRank(values, theirs, bytes),
        ];
    }

    private sealed record Scored(EvaluatedImage Image, HumanScore Score);
}
