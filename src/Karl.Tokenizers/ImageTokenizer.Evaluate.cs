using System.Collections.Immutable;
using Karl.Tokenizers.Evaluation;
using Karl.Tokenizers.Evaluation.Internals;

namespace Karl.Tokenizers;

public sealed partial class ImageTokenizer
{
    /// <summary>Measures how close images come back, and from how many tokens, for a row of budgets and a row of wanted errors.</summary>
    /// <remarks>What is kept of an image is a few numbers for each setting; pixels only of one batch at a time.</remarks>
    /// <param name="paths">Image files; enumerated as they are needed.</param>
    /// <param name="options">What the model is asked for; null is the defaults.</param>
    /// <param name="name">What the report calls the model; null is a description of it.</param>
    /// <param name="progress">Hears of each image when all settings are done for it, those that cannot be read as well.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <exception cref="ArgumentException">The options cannot be; all problems are listed.</exception>
    /// <exception cref="InvalidOperationException">Half of the model is not loaded, or its images are too small to be compared.</exception>
    public EvaluationReport Evaluate(
        IEnumerable<string> paths, EvaluationOptions? options = null, string? name = null, Action<EvaluatedImage>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        RequireEncoder();
        RequireDecoder();
        if (ImageSize < SmallestComparable)
        {
            throw new InvalidOperationException($"The model's images are {ImageSize} x {ImageSize}; only those of at least {SmallestComparable} x {SmallestComparable} can be evaluated.");
        }

        options ??= new EvaluationOptions();
        ImmutableArray<EvaluationSetting> settings = options.Resolve(Manifest);
        EvaluationRun run = new(this, settings, options.Metrics, cancellationToken);
        ImmutableArray<EvaluatedImage>.Builder images = ImmutableArray.CreateBuilder<EvaluatedImage>();
        foreach (string[] some in paths.Chunk(_options.BatchSize))
        {
            foreach (EvaluatedImage image in run.Evaluate(some))
            {
                images.Add(image);
                progress?.Invoke(image);
            }
        }

        return new EvaluationReport(name ?? ToString(), settings, images.ToImmutable(), options.Metrics, run.Distances);
    }
}
