using System.Collections.Immutable;
using Karl.Applications.Anomalies.Internals;
using Karl.Applications.Internals;
using Karl.Tokenizers;

namespace Karl.Applications.Anomalies;

/// <summary>How strange the images of a set are to a profile, and how well that tells labels apart where images have them.</summary>
public sealed class AnomalyReport
{
    /// <summary>The label of images that are known to be normal.</summary>
    public const string NormalLabel = "normal";

    private AnomalyReport(AnomalyProfile profile, string model, ImmutableArray<ScoredImage> images, int broken)
    {
        Profile = profile;
        Model = model;
        Images = [.. images.OrderByDescending(image => image.Score.Score).ThenBy(image => image.Path, StringComparer.Ordinal)];
        BrokenCount = broken;
        Kinds = [.. DetectionCurves.Over(profile, Images)];
    }

    /// <summary>What normal images are like.</summary>
    public AnomalyProfile Profile { get; }

    /// <summary>The model in one line.</summary>
    public string Model { get; }

    /// <summary>Every image that could be read, the strangest first.</summary>
    public ImmutableArray<ScoredImage> Images { get; }

    /// <summary>Images that could not be read and have no part in anything.</summary>
    public int BrokenCount { get; }

    /// <summary>One for each label but <see cref="NormalLabel"/>, by name, against the images with that; empty where one side is missing.</summary>
    public ImmutableArray<AnomalyKind> Kinds { get; }

    /// <summary>Scores image files; pixels are kept only of some at a time.</summary>
    /// <param name="profile">What normal images are like.</param>
    /// <param name="tokenizer">The model that it was fitted with, both halves.</param>
    /// <param name="images">Files with their labels; null where nothing is said. Enumerated as they are needed.</param>
    /// <param name="name">What the report calls the model; null is a description of it.</param>
    /// <param name="progress">Hears of each image, those that cannot be read as well.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <exception cref="KarlFormatException">It is another model.</exception>
    public static AnomalyReport Score(
        AnomalyProfile profile,
        ImageTokenizer tokenizer,
        IEnumerable<(string Path, string? Label)> images,
        string? name = null,
        Action<ImageProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(images);
        profile.RequireModel(tokenizer, name);
        ImmutableArray<ScoredImage>.Builder scored = ImmutableArray.CreateBuilder<ScoredImage>();
        Dictionary<string, Queue<string?>> labelsOf = new(StringComparer.Ordinal);
        int broken = 0;
        foreach (ImageBatch batch in ImageBatch.Read(tokenizer, Paths(), Unreadable, cancellationToken))
        {
            AnomalyScore[] scores = profile.Score(tokenizer, batch.Pixels, cancellationToken);
            for (int index = 0; index < scores.Length; index++)
            {
                scored.Add(new ScoredImage(batch.Paths[index], labelsOf[batch.Paths[index]].Dequeue(), scores[index]));
                progress?.Invoke(new ImageProgress(batch.Paths[index], null));
            }
        }

        return new AnomalyReport(profile, name ?? tokenizer.ToString(), scored.ToImmutable(), broken);

        IEnumerable<string> Paths()
        {
            foreach ((string path, string? label) in images)
            {
                if (!labelsOf.TryGetValue(path, out Queue<string?>? waiting))
                {
                    labelsOf[path] = waiting = new Queue<string?>();
                }

                waiting.Enqueue(label);
                yield return path;
            }
        }

        void Unreadable(ImageProgress image)
        {
            broken++;
            labelsOf[image.Path].Dequeue();
            progress?.Invoke(image);
        }
    }

    /// <summary>The report as Markdown.</summary>
    public override string ToString() => AnomalyText.Write(this);
}
