using System.Collections.Immutable;
using System.Globalization;
using Karl.Applications.Anomalies.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging.Internals;

namespace Karl.Applications.Anomalies;

/// <summary>What normal images are like to one model; made by <see cref="AnomalyFitter"/>, kept as JSON. Immutable, and safe to use from several threads.</summary>
public sealed class AnomalyProfile
{
    private readonly ProfileFile _file;
    private readonly LatentDistance _latents;
    private readonly CodeLikelihood? _codes;
    private readonly Calibration[] _signals;
    private readonly Calibration _scores;

    internal AnomalyProfile(ProfileFile file)
    {
        _file = file;
        _latents = new LatentDistance(file.LatentMean, file.LatentScale, file.LatentFactor);
        _codes = file.CodeCounts is null ? null : new CodeLikelihood(file.CodeCounts);
        _signals = [.. file.SignalValues.Select((values, index) => new Calibration(values, IsTwoSided(index, file.Epsilons.Length)))];
        _scores = new Calibration(file.Scores, isTwoSided: false);
        Epsilons = [.. file.Epsilons];
        Signals = [.. SignalNames(Epsilons, _codes is not null)];
    }

    /// <summary>What the model was called when the profile was fitted.</summary>
    public string ModelName => _file.ModelName;

    /// <summary>The model itself: 16 hexadecimal digits from the hashes of its graphs.</summary>
    public string Model => _file.Model;

    /// <summary>Normal images that the profile was fitted to, those held out included.</summary>
    public int FittedImages => _file.FittedImages;

    /// <summary>The share of normal images that are called anomalous, as it was asked for.</summary>
    public double FalseAlarms => _file.FalseAlarms;

    /// <summary>Reconstruction errors at which tokens are counted.</summary>
    public ImmutableArray<float> Epsilons { get; }

    /// <summary>The whole budget in tokens.</summary>
    public int Budget => _file.Budget;

    /// <summary>Names of the signals: tokens at each epsilon, error, latents, and codes where the model has such.</summary>
    public ImmutableArray<string> Signals { get; }

    /// <summary>Reads a profile, at most 64 MiB.</summary>
    /// <exception cref="KarlFormatException">It is none, is damaged, or is of another version.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static AnomalyProfile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return stream.Length <= ProfileFile.MostBytes
            ? Parse(BoundedReader.ReadAll(stream, ProfileFile.MostBytes, path, CancellationToken.None), path)
            : throw new KarlFormatException($"Profile '{path}': found {stream.Length} bytes, wanted at most {ProfileFile.MostBytes}.");
    }

    /// <summary>Reads a profile from memory; <paramref name="name"/> is how messages call it.</summary>
    /// <exception cref="KarlFormatException">It is none, is damaged, or is of another version.</exception>
    public static AnomalyProfile Parse(ReadOnlySpan<byte> utf8, string name = "profile") => new(ProfileFile.Parse(utf8, name));

    /// <summary>The profile as JSON.</summary>
    public byte[] ToUtf8() => _file.ToUtf8();

    /// <summary>Writes the profile; the file is there whole or not at all, and is replaced where it exists.</summary>
    public void Write(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        WholeFile.Write(path, ToUtf8());
    }

    /// <summary>Makes sure that a model is the one that the profile was fitted with.</summary>
    /// <param name="tokenizer">The model.</param>
    /// <param name="name">What messages call it; null is a description of it.</param>
    /// <exception cref="KarlFormatException">It is another.</exception>
    public void RequireModel(ImageTokenizer tokenizer, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        string found = ModelMark.Of(tokenizer.Manifest);
        int width = 2 * tokenizer.Manifest.LatentWidth;
        if (found != Model)
        {
            throw new KarlFormatException($"The profile was fitted with the model {ModelName} ({Model}); this is {name ?? tokenizer.ToString()} ({found}). Give the one that it was fitted with, or fit it again.");
        }

        if (width != _file.LatentMean.Length || tokenizer.Manifest.CodebookSize != _file.CodeCounts?.Length || Budget > tokenizer.Manifest.MaximumBudget)
        {
            throw new KarlFormatException($"The profile names the model {ModelName} ({Model}), but its numbers are not of that model: it is damaged. Fit it again.");
        }
    }

    /// <summary>Scores images that are the model's input already.</summary>
    /// <param name="tokenizer">The model that the profile was fitted with, both halves.</param>
    /// <param name="pixels"><c>[images, 3, ImageSize, ImageSize]</c>, float32, 0 to 1.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <returns>As many scores, in the same order.</returns>
    /// <exception cref="KarlFormatException">It is another model.</exception>
    public AnomalyScore[] Score(ImageTokenizer tokenizer, ReadOnlyMemory<float> pixels, CancellationToken cancellationToken = default)
    {
        RequireModel(tokenizer);
        return [.. AnomalyMeasurement.Measure(tokenizer, pixels, Epsilons, Budget, cancellationToken).Select(Score)];
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{FittedImages} normal images, {ModelName}, false alarms {FalseAlarms}, signals: {string.Join(", ", Signals)}");

    internal static IEnumerable<string> SignalNames(ImmutableArray<float> epsilons, bool hasCodes) =>
        [.. epsilons.Select(epsilon => epsilons.Length == 1 ? "tokens" : string.Create(CultureInfo.InvariantCulture, $"tokens at {epsilon}")), "error", "latents", .. hasCodes ? ["codes"] : Array.Empty<string>()];

    /// <summary>Few tokens, little error and usual codes are as strange as many, much and rare ones; only a small distance is not.</summary>
    internal static bool IsTwoSided(int signal, int epsilons) => signal != epsilons + 1;

    internal static double[] Values(AnomalyMeasurement measurement, LatentDistance latents, CodeLikelihood? codes) =>
        [.. measurement.Tokens.Select(count => (double)count), measurement.Error, latents.Of(measurement.Latents), .. codes is null ? [] : new[] { codes.Of(measurement.Codes) }];

    internal static double Sum(Calibration[] signals, double[] values) => signals.Zip(values, (signal, value) => signal.Strangeness(value)).Sum();

    private AnomalyScore Score(AnomalyMeasurement measurement)
    {
        double[] values = Values(measurement, _latents, _codes);
        double score = Sum(_signals, values), share = _scores.PValue(score);
        return new AnomalyScore(score, share, share <= FalseAlarms, [.. values.Select((value, index) => new AnomalySignal(value, _signals[index].PValue(value), _signals[index].Strangeness(value)))]);
    }
}
