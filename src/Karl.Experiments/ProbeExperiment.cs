using System.Collections.Immutable;
using System.Globalization;
using Karl.Experiments.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Charts;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Tokenization;

namespace Karl.Experiments;

/// <summary>
/// How much of what is on an image can be read from its tokens by a linear layer, by the number of tokens (KARL, One-D-Piece) or by round (ALIT). Labels are the names of the
/// folders that images lie in; every fourth image of a folder is for the test, the others are learned from.
/// </summary>
public static class ProbeExperiment
{
    private const int TestEvery = 4, MostImages = 4000, FewestOfAClass = 4;

    /// <summary>Runs it.</summary>
    /// <param name="options">Models, images, and with <see cref="ExperimentOptions.Budgets"/> the numbers of tokens.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <exception cref="ArgumentException">There are fewer than two folders of at least four images each, too many images, or a number of tokens cannot be.</exception>
    /// <exception cref="KarlFormatException">A model gives codes without their latents.</exception>
    public static ExperimentResult Run(ExperimentOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (string Path, string Label)[] images = [.. options.Images.Take(MostImages + 1).Select(path => (path, Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path))) ?? string.Empty))];
        string[] labels = [.. images.GroupBy(image => image.Label).Where(group => group.Count() >= FewestOfAClass).Select(group => group.Key).Order(StringComparer.Ordinal)];
        if (labels.Length < 2 || images.Length > MostImages)
        {
            throw new ArgumentException($"There are {labels.Length} folders with at least {FewestOfAClass} images each and {Math.Min(images.Length, MostImages)}{(images.Length > MostImages ? " or more" : string.Empty)} images; at least two folders, one for each label, and at most {MostImages} images were expected.");
        }

        List<(string Model, int Tokens, double Accuracy, int Images)> found = [];
        int broken = 0;
        foreach (ExperimentModel model in options.Models)
        {
            using ImageTokenizer tokenizer = model.Load();
            int[] lengths = [.. (options.Budgets ?? UsualLengths(tokenizer)).Distinct().Order()];
            List<(TokenSequence[] Tokens, int Label, bool IsTest)> rows = [];
            Dictionary<string, int> seen = labels.ToDictionary(label => label, _ => 0, StringComparer.Ordinal);
            broken = 0;
            foreach ((string path, string label) in images.Where(image => seen.ContainsKey(image.Label)))
            {
                (RgbImage? image, string? problem) = tokenizer.ReadOriginal(path, cancellationToken);
                options.Progress?.Invoke();
                if (image is null)
                {
                    broken++;
                    options.Report?.Invoke(problem!.Contains(path, StringComparison.Ordinal) ? problem : $"{path}: {problem}");
                    continue;
                }

                TokenSequence[] tokens = [.. lengths.Select(length => tokenizer.Encode(image, TokenizeOptions.Exactly(length) with { IncludeLatents = true }, cancellationToken))];
                rows.Add((tokens, Array.IndexOf(labels, label), seen[label]++ % TestEvery == TestEvery - 1));
            }

            found.AddRange(lengths.Select((length, index) => (model.Name, length, Accuracy(rows, index, model.Name), rows.Count)));
        }

        string title = string.Create(CultureInfo.InvariantCulture, $"Linear probe: {found[0].Images} images of {labels.Length} labels, every fourth for the test");
        return new ExperimentResult(
            "probe",
            title,
            new ExperimentTable(
                [new("model"), new("tokens"), new("accuracy", 3), new("by chance", 3)],
                [.. found.Select(one => (ImmutableArray<ExperimentCell>)[one.Model, (double)one.Tokens, one.Accuracy, 1.0 / labels.Length])]),
            new Chart
            {
                Title = title,
                Horizontal = new ChartAxis { Label = "tokens", IsLogarithmic = true },
                Vertical = new ChartAxis { Label = "share of test images told rightly", Least = 0 },
                Series =
                [
                    .. found.GroupBy(one => one.Model).Select(group => new ChartSeries(group.Key, [.. group.Select(one => new ChartPoint(one.Tokens, one.Accuracy))], ChartStyle.LineAndPoints)),
                    new("by chance", [.. found.Select(one => one.Tokens).Distinct().Order().Select(tokens => new ChartPoint(tokens, 1.0 / labels.Length))]),
                ],
            },
            broken);
    }

    private static double Accuracy(List<(TokenSequence[] Tokens, int Label, bool IsTest)> rows, int length, string model)
    {
        (double[] Features, int Label, bool IsTest)[] all = [.. rows.Select(row => (Features(row.Tokens[length], model), row.Label, row.IsTest))];
        var (train, test) = (all.Where(row => !row.IsTest).ToArray(), all.Where(row => row.IsTest).ToArray());
        return train.Length == 0 || test.Length == 0
            ? throw new ArgumentException("Too few of the images can be read to learn from some and test on others.")
            : RidgeProbe.Accuracy([.. train.Select(row => row.Features)], [.. train.Select(row => row.Label)], [.. test.Select(row => row.Features)], [.. test.Select(row => row.Label)]);
    }

    /// <summary>All latents one after another: a token's place tells which it is.</summary>
    private static double[] Features(TokenSequence tokens, string model) => tokens.Latents.Length == tokens.Count * tokens.LatentWidth && tokens.LatentWidth > 0
        ? [.. tokens.Latents.Select(value => (double)value)]
        : throw new KarlFormatException($"Model '{model}' gives codes without their latents; export it again.");

    private static ImmutableArray<int> UsualLengths(ImageTokenizer tokenizer)
    {
        IReadOnlyList<int> possible = tokenizer.Lengths;
        return [.. possible.Where(length => tokenizer.Manifest.BudgetStep is not null || int.IsPow2(length)).Where(length => length <= tokenizer.Manifest.DefaultBudget)];
    }
}
