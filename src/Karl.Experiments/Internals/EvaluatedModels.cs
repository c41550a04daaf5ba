using System.Collections.Immutable;
using Karl.Tokenizers;
using Karl.Tokenizers.Evaluation;

namespace Karl.Experiments.Internals;

/// <summary>One model's report, and what compression at the same bytes gives.</summary>
internal sealed record EvaluatedModel(string Name, EvaluationReport Report, ImmutableArray<RivalRow> Rivals);

/// <summary>Takes the models through the same images, one after another.</summary>
internal static class EvaluatedModels
{
    /// <summary>A report for each model.</summary>
    /// <param name="options">Models, images, settings.</param>
    /// <param name="settings">What each model is asked for.</param>
    /// <param name="withRivals">Whether each setting is compared with compression at the same bytes.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    public static ImmutableArray<EvaluatedModel> Of(ExperimentOptions options, EvaluationOptions settings, bool withRivals, CancellationToken cancellationToken)
    {
        options.Validate();
        ImmutableArray<EvaluatedModel>.Builder all = ImmutableArray.CreateBuilder<EvaluatedModel>();
        foreach (ExperimentModel model in options.Models)
        {
            using ImageTokenizer tokenizer = model.Load();
            bool isFirst = all.Count == 0;
            EvaluationReport report = tokenizer.Evaluate(options.Images, settings, model.Name, image => Told(options, image, isFirst), cancellationToken);
            if (report.Images.IsEmpty)
            {
                throw new KarlFormatException($"None of the {report.BrokenCount} images can be read; an experiment needs at least one.");
            }

            all.Add(new EvaluatedModel(model.Name, report, withRivals ? CompressedRivals.Of(tokenizer, report, cancellationToken) : []));
        }

        return all.ToImmutable();
    }

    private static void Told(ExperimentOptions options, EvaluatedImage image, bool isFirst)
    {
        options.Progress?.Invoke();
        if (image.Problem is not null && isFirst)
        {
            options.Report?.Invoke(image.Problem.Contains(image.Path, StringComparison.Ordinal) ? image.Problem : $"{image.Path}: {image.Problem}");
        }
    }
}
