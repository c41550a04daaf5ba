using System.Collections.Immutable;
using System.Globalization;
using Karl.Experiments.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Charts;
using Karl.Tokenizers.Demonstration;
using Karl.Tokenizers.Evaluation;
using Karl.Tokenizers.Imaging;

namespace Karl.Experiments;

/// <summary>What a model does with images that it was not made for: tokens and error by wanted error of drawn images, from one colour to noise, and of photos (KARL, figure 5).</summary>
public static class NoiseExperiment
{
    private const string Photos = "photos";

    /// <summary>Runs it.</summary>
    /// <param name="options">Its images are the photos.</param>
    /// <param name="folder">Where the drawn images go, as PNG; made if it is missing.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <inheritdoc cref="TokenCountExperiments.Fixed"/>
    public static ExperimentResult Run(ExperimentOptions options, string folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options.Validate();
        HashSet<string> own = [];
        ImmutableArray<EvaluatedModel> models = [.. options.Models.SelectMany(model =>
        {
            string[] drawn = Draw(model, folder);
            own.UnionWith(drawn);
            return EvaluatedModels.Of(
                options with { Models = [model], Images = drawn.Concat(options.Images) }, new EvaluationOptions { Budgets = [], Epsilons = options.Epsilons }, withRivals: false, cancellationToken);
        })];
        string KindOf(EvaluatedImage image) => own.Contains(image.Path) ? Path.GetFileNameWithoutExtension(image.Path) : Photos;
        var groups = models.SelectMany(model => model.Report.Images.GroupBy(KindOf).SelectMany(kind => model.Report.Settings.Select((setting, index) => (
            Model: model.Name,
            Kind: kind.Key,
            Epsilon: TokenCountExperiments.Written(setting.Epsilon),
            Tokens: kind.Average(image => (double)image.Results[index].Tokens),
            Error: kind.Average(image => image.Results[index].Error),
            Above: kind.Average(image => image.Results[index].Error > TokenCountExperiments.Written(setting.Epsilon) ? 1.0 : 0))))).ToArray();
        return new ExperimentResult(
            "noise",
            TokenCountExperiments.Title("Images that are no photos", models),
            new ExperimentTable(
                [new("model"), new("image"), new("asked for", 3), new("tokens", 1), new("error", 4), new("share above it", 2)],
                [.. groups.Select(one => (ImmutableArray<ExperimentCell>)[one.Model, one.Kind, one.Epsilon, one.Tokens, one.Error, one.Above])]),
            new Chart
            {
                Title = TokenCountExperiments.Title("Tokens by wanted error", models),
                Horizontal = new ChartAxis { Label = "error asked for" },
                Vertical = new ChartAxis { Label = "tokens, on average", Least = 0 },
                Series = [.. groups.GroupBy(one => models.Length == 1 ? one.Kind : $"{one.Model}: {one.Kind}").Select(group => new ChartSeries(
                    group.Key, [.. group.Select(one => new ChartPoint(one.Epsilon, one.Tokens))], ChartStyle.LineAndPoints))],
            },
            models[0].Report.BrokenCount);
    }

    /// <summary>Drawn as large as the model sees them: resized, noise would be a grey.</summary>
    private static string[] Draw(ExperimentModel model, string folder)
    {
        using ImageTokenizer tokenizer = model.Load();
        int size = Math.Clamp(tokenizer.ImageSize, DemonstrationImages.SmallestSize, DemonstrationImages.LargestSize);
        return [.. DemonstrationImages.All.Select(image =>
        {
            string path = Path.Join(folder, size.ToString(CultureInfo.InvariantCulture), image.Name + ".png");
            ImageWriter.Write(image.Draw(size), path);
            return path;
        })];
    }
}
