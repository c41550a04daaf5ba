using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Karl.Tokenizers;

namespace Karl.Applications.Anomalies.Internals;

/// <summary>A profile as JSON. Read strictly: what is missing, unknown or given twice is an error.</summary>
internal sealed record ProfileFile
{
    public const string KnownFormat = "karl-anomaly-profile";
    public const int KnownVersion = 1;
    public const long MostBytes = 64L << 20;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        MaxDepth = 8,
    };

    public required string Format { get; init; }

    public required int Version { get; init; }

    /// <summary>See <see cref="ModelMark"/>.</summary>
    public required string Model { get; init; }

    public required string ModelName { get; init; }

    public required int FittedImages { get; init; }

    public required int Seed { get; init; }

    public required double FalseAlarms { get; init; }

    public required float[] Epsilons { get; init; }

    public required int Budget { get; init; }

    public required double[] LatentMean { get; init; }

    public required double[] LatentScale { get; init; }

    public required double[] LatentFactor { get; init; }

    /// <summary>Null for continuous models.</summary>
    public required long[]? CodeCounts { get; init; }

    /// <summary>Held-out values of each signal, ascending.</summary>
    public required double[][] SignalValues { get; init; }

    /// <summary>Held-out scores of the signals together, ascending.</summary>
    public required double[] Scores { get; init; }

    public byte[] ToUtf8() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="KarlFormatException">It is no such profile.</exception>
    public static ProfileFile Parse(ReadOnlySpan<byte> utf8, string name)
    {
        ProfileFile? file;
        try
        {
            file = JsonSerializer.Deserialize<ProfileFile>(utf8, Json);
        }
        catch (JsonException exception)
        {
            throw new KarlFormatException($"Profile '{name}' is no profile of karl anomaly fit, or is damaged: {exception.Message.ReplaceLineEndings(" ")} Fit it again.", exception);
        }

        string? problem = file is null ? "found null" : file.Problem();
        return problem is null ? file! : throw new KarlFormatException($"Profile '{name}': {problem}. Fit it again.");
    }

    private string? Problem()
    {
        int signals = Epsilons.Length + 2 + (CodeCounts is null ? 0 : 1), width = LatentMean.Length;
        return Format != KnownFormat ? $"found the format '{Format[..Math.Min(40, Format.Length)]}', wanted '{KnownFormat}'"
            : Version != KnownVersion ? $"found version {Version}, wanted {KnownVersion}"
            : Epsilons.Length is < 1 or > 8 || Epsilons.Any(epsilon => !float.IsFinite(epsilon) || epsilon < 0) ? "epsilons were expected to be 1 to 8 numbers of at least 0"
            : Budget < 1 ? $"found a budget of {Budget}, wanted at least 1"
            : !(FalseAlarms > 0 && FalseAlarms <= 0.5) ? string.Create(CultureInfo.InvariantCulture, $"found a rate of false alarms of {FalseAlarms}, wanted above 0 and at most 0.5")
            : width is < 1 or > 65536 || LatentScale.Length != width || LatentFactor.Length != (long)width * (width + 1) / 2 ? "the numbers of latents do not fit together"
            : LatentScale.Any(scale => !(scale > 0)) || !AllFinite(LatentMean) || !AllFinite(LatentScale) || !AllFinite(LatentFactor) || HasFlatDiagonal() ? "latents hold a number that cannot be"
            : CodeCounts?.Any(count => count < 0) == true ? "found a negative count of a code"
            : SignalValues.Length != signals || SignalValues.Append(Scores).Any(values => values is null || values.Length == 0 || !AllFinite(values) || !IsAscending(values)) ? $"held-out values of {signals} signals and their scores, ascending, were expected"
            : null;
    }

    private bool HasFlatDiagonal() => Enumerable.Range(0, LatentMean.Length).Any(row => !(LatentFactor[(row * (row + 3)) / 2] > 0));

    private static bool AllFinite(double[] values) => values.All(double.IsFinite);

    private static bool IsAscending(double[] values) => values.Zip(values.Skip(1)).All(pair => pair.First <= pair.Second);
}
