using System.Collections.Immutable;
using Karl.Applications.Anomalies.Internals;
using Karl.Applications.Internals;
using Karl.Tokenizers;

namespace Karl.Applications.Anomalies;

/// <summary>Learns what normal images are like: half of them are fitted to, a quarter calibrates each signal, and a quarter all of them together.</summary>
/// <remarks>What is kept of an image is a few hundred numbers. The same images in the same order, options and model give the same profile.</remarks>
public sealed class AnomalyFitter
{
    private readonly ImageTokenizer _tokenizer;
    private readonly AnomalyOptions _options;
    private readonly string _name;
    private readonly ImmutableArray<float> _epsilons;
    private readonly int _budget;
    private readonly List<AnomalyMeasurement> _measurements = [];

    /// <summary>Begins without an image.</summary>
    /// <param name="tokenizer">A model with both halves.</param>
    /// <param name="options">How; null is the defaults.</param>
    /// <param name="name">What the profile calls the model; null is a description of it.</param>
    /// <exception cref="ArgumentException">The options cannot be; all problems are listed.</exception>
    public AnomalyFitter(ImageTokenizer tokenizer, AnomalyOptions? options = null, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        _tokenizer = tokenizer;
        _options = options ?? new AnomalyOptions();
        _name = name ?? tokenizer.ToString();
        (_epsilons, _budget) = _options.Resolve(tokenizer.Manifest);
    }

    /// <summary>Normal images so far.</summary>
    public int Count => _measurements.Count;

    /// <summary>Fits a profile to image files.</summary>
    /// <param name="tokenizer">A model with both halves.</param>
    /// <param name="paths">Normal images; enumerated as they are needed.</param>
    /// <param name="options">How; null is the defaults.</param>
    /// <param name="name">What the profile calls the model; null is a description of it.</param>
    /// <param name="progress">Hears of each image, those that cannot be read and have no part in the profile as well.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <exception cref="ArgumentException">The options cannot be, or there are too few images for them.</exception>
    public static AnomalyProfile Fit(
        ImageTokenizer tokenizer, IEnumerable<string> paths, AnomalyOptions? options = null, string? name = null, Action<ImageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        AnomalyFitter fitter = new(tokenizer, options, name);
        foreach (ImageBatch batch in ImageBatch.Read(tokenizer, paths, image => progress?.Invoke(image), cancellationToken))
        {
            fitter.Add(batch.Pixels, cancellationToken);
            Array.ForEach(batch.Paths, path => progress?.Invoke(new ImageProgress(path, null)));
        }

        return fitter.Fit();
    }

    /// <summary>Takes normal images that are the model's input already.</summary>
    /// <param name="pixels"><c>[images, 3, ImageSize, ImageSize]</c>, float32, 0 to 1.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    public void Add(ReadOnlyMemory<float> pixels, CancellationToken cancellationToken = default) =>
        _measurements.AddRange(AnomalyMeasurement.Measure(_tokenizer, pixels, _epsilons, _budget, cancellationToken));

    /// <summary>The profile of all that were taken.</summary>
    /// <exception cref="ArgumentException">They are too few for the rate of false alarms.</exception>
    public AnomalyProfile Fit()
    {
        int least = Math.Max(8, AnomalyOptions.LeastImages(_options.FalseAlarms));
        if (Count < least)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"There are {Count} normal images; a rate of false alarms of {_options.FalseAlarms} needs at least {least}, since a quarter of them decides it. Give more images, or raise the rate."));
        }

        AnomalyMeasurement[] shuffled = Shuffled();
        int held = Count / 4;
        AnomalyMeasurement[] fitted = shuffled[(2 * held)..];
        LatentDistance latents = LatentDistance.Fit([.. fitted.Select(measurement => measurement.Latents)]);
        CodeLikelihood? codes = _tokenizer.Manifest.CodebookSize is int size ? CodeLikelihood.Fit(fitted.Select(measurement => measurement.Codes), size) : null;
        double[][] values = [.. shuffled[..held].Select(measurement => AnomalyProfile.Values(measurement, latents, codes))];
        Calibration[] signals = [.. Enumerable.Range(0, values[0].Length).Select(index => new Calibration(values.Select(row => row[index]), AnomalyProfile.IsTwoSided(index, _epsilons.Length)))];
        double[] scores = [.. shuffled[held..(2 * held)].Select(measurement => AnomalyProfile.Sum(signals, AnomalyProfile.Values(measurement, latents, codes))).Order()];
        return new AnomalyProfile(new ProfileFile
        {
            Format = ProfileFile.KnownFormat,
            Version = ProfileFile.KnownVersion,
            Model = ModelMark.Of(_tokenizer.Manifest),
            ModelName = _name,
            FittedImages = Count,
            Seed = _options.Seed,
            FalseAlarms = _options.FalseAlarms,
            Epsilons = [.. _epsilons],
            Budget = _budget,
            LatentMean = latents.Mean,
            LatentScale = latents.Scale,
            LatentFactor = latents.Factor,
            CodeCounts = codes?.Counts,
            SignalValues = [.. signals.Select(signal => signal.Values)],
            Scores = scores,
        });
    }

    private AnomalyMeasurement[] Shuffled()
    {
        AnomalyMeasurement[] all = [.. _measurements];
        SeededShuffle.Shuffle<AnomalyMeasurement>(all, _options.Seed);
        return all;
    }
}
